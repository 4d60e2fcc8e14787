// The table of contents: what `import {…} from 'ssl-workbench'` offers, room by room.

// The engine
export {tf} from './engine/tf';
export {device, deviceLine, type Device} from './engine/device';
export {fold, key, normal, permutation, split, uniform} from './engine/random';
export {compile, type Compiled, type CompileOptions, type InputType} from './engine/compile';
export {graphOf, type StepGraph, type StepNode} from './engine/graphOf';
export {stopGradient} from './engine/stopGradient';
export {valueAndGradients} from './engine/gradients';
export {bytes, gatherBytes} from './engine/bytes';

// The types that rooms share, and walks over parameters
export {inside, type Backbone, type Key, type Method, type Mode, type Module, type Params, type EpochTools, type Rule, type Source, type Step, type TrainingImages} from './module';
export {count, dispose, fromNames, leaves, map} from './params';
export {preset, settings, type Preset} from './preset';
export {constant, cosine, ramp, scheduled, stepSchedule, warmupCosine, type Schedule} from './schedules';
export {interruptSignal} from './interrupt';
export {version} from './training/provenance';

// Layers and backbones
export {attention, type Attention, type AttentionOptions} from './layers/attention';
export {batchNorm, type BatchNormOptions} from './layers/batchNorm';
export {convolution, type ConvolutionOptions} from './layers/convolution';
export {gelu, type GeluOptions} from './layers/gelu';
export {layerNorm, type LayerNormOptions} from './layers/layerNorm';
export {linear, type LinearOptions} from './layers/linear';
export {mlp, type MlpOptions} from './layers/mlp';
export {globalAveragePool, maxPool} from './layers/pooling';
export {patchEmbedding} from './layers/patchEmbedding';
export {sinCosPositions} from './layers/positions';
export {weightNorm} from './layers/weightNorm';
export {relu} from './layers/relu';
export {normalFanOut, normalOf, uniformFanIn, type Initial} from './layers/initial';
export {namedBackbone, type BackboneName} from './backbones/namedBackbone';
export {resnet, type ResnetOptions} from './backbones/resnet';
export {smallConv, type SmallConvOptions} from './backbones/smallConv';
export {vit, type Vit, type VitOptions, type VitSize} from './backbones/vit';

// Views
export {gaussianBlur, kernelSize, randomBlur, type RandomBlurOptions} from './views/blur';
export {adjustBrightness, adjustContrast, adjustHue, adjustSaturation} from './views/color';
export {colorJitter, type ColorJitterOptions} from './views/colorJitter';
export {compose} from './views/compose';
export {cropResize, randomResizedCrop, type CropOptions} from './views/crop';
export {horizontalFlip, randomFlip} from './views/flip';
export {grayscale, randomGrayscale} from './views/grayscale';
export {labelledView, type LabelledView} from './views/labelledView';
export {multiCrop, type MultiCrop, type MultiCropOptions} from './views/multiCrop';
export {normalize, type NormalizeOptions} from './views/normalize';
export {oneView, type OneView} from './views/oneView';
export {quarterTurns} from './views/quarterTurns';
export {solarize} from './views/solarize';
export {tiles} from './views/tiles';
export {withProbability} from './views/withProbability';
export {twoViews, type TwoViews, type TwoViewsOptions} from './views/twoViews';
export type {MultiCropRecipe, Recipe, RecipeOptions} from './views/recipe';
export type {View} from './views/view';
export {byolViews} from './views/recipes/byol';
export {dinoViews, type DinoViewOptions} from './views/recipes/dino';
export {mocoV1Views} from './views/recipes/mocoV1';
export {mocoV2Views} from './views/recipes/mocoV2';
export {mocoV3Views} from './views/recipes/mocoV3';
export {pirlViews} from './views/recipes/pirl';
export {simclrViews, type SimclrViewOptions} from './views/recipes/simclr';
export {simclrCifarViews} from './views/recipes/simclrCifar';
export {swavViews, type SwavViewOptions} from './views/recipes/swav';

// Losses and methods
export {namedLoss, namedPairLoss, type LossName} from './losses/namedLoss';
export {ntXent, type NtXentOptions} from './losses/ntXent';
export {alignmentUniformity, type AlignmentUniformityOptions} from './losses/alignmentUniformity';
export {contrastive, type ContrastiveOptions} from './losses/contrastive';
export {crossCorrelation, type CrossCorrelationOptions} from './losses/crossCorrelation';
export {crossEntropy} from './losses/crossEntropy';
export {debiased, type DebiasedOptions} from './losses/debiased';
export {decoupled, type DecoupledOptions} from './losses/decoupled';
export {distillation, type DistillationOptions} from './losses/distillation';
export {hardContrastive, type HardContrastiveOptions} from './losses/hardContrastive';
export {hardNegativeWeighted, type HardNegativeWeightedOptions} from './losses/hardNegativeWeighted';
export {hardSimple, type HardSimpleOptions} from './losses/hardSimple';
export {instanceSpread, type InstanceSpreadOptions} from './losses/instanceSpread';
export {marginTriplet, type MarginTripletOptions} from './losses/marginTriplet';
export {negativeCosine} from './losses/negativeCosine';
export {ntLogistic, type NtLogisticOptions} from './losses/ntLogistic';
export {pairSimilarities, type Among, type PairLoss, type Similarities, type SimilarityLoss} from './losses/similarities';
export {simple, type SimpleOptions} from './losses/simple';
export {sinkhorn, type SinkhornOptions} from './losses/sinkhorn';
export {teacherCrossEntropy, type TeacherCrossEntropyOptions} from './losses/teacherCrossEntropy';
export {varianceInvarianceCovariance, type VarianceInvarianceCovarianceOptions} from './losses/varianceInvarianceCovariance';
export {withoutColumn} from './losses/withoutColumn';
export {unit} from './losses/unit';
export {concentrations} from './methods/clusters/concentrations';
export {kMeans} from './methods/clusters/kMeans';
export {pcl, type PclOptions} from './methods/clusters/pcl';
export {swav, type SwavOptions} from './methods/clusters/swav';
export {instanceDiscrimination, type InstanceDiscriminationOptions} from './methods/contrastive/instanceDiscrimination';
export {invariantSpread, type InvariantSpreadOptions} from './methods/contrastive/invariantSpread';
export {memoryBank} from './methods/contrastive/memoryBank';
export {moco, type MocoOptions} from './methods/contrastive/moco';
export {mocoV3, type MocoV3Options} from './methods/contrastive/mocoV3';
export {pirl, type PirlOptions} from './methods/contrastive/pirl';
export {dino, type DinoOptions, type DinoOutputs} from './methods/distillation/dino';
export {eachView} from './methods/eachView';
export {barlowTwins, type BarlowTwinsOptions} from './methods/negativeFree/barlowTwins';
export {byol, type ByolOptions} from './methods/negativeFree/byol';
export {simsiam, type SimsiamOptions} from './methods/negativeFree/simsiam';
export {vicreg, type VicregOptions} from './methods/negativeFree/vicreg';
export {scaledLoss} from './methods/scaledLoss';
export {siamese, type SiameseOptions} from './methods/siamese';
export {supervised, type SupervisedOptions} from './methods/supervised';
export {teacherDistance} from './methods/teacherDistance';
export {linearTeacher, simclrDistillation, type SimclrDistillationOptions, type Teacher} from './methods/distillation/simclrDistillation';
export {simclr, type SimclrOptions, type SimclrParams} from './methods/contrastive/simclr';
export {temperatureSchedule, type TemperatureSchedule} from './methods/contrastive/temperatureSchedule';
export {movingAverage} from './methods/movingAverage';
export {projected, type Projected, type ProjectedParams} from './methods/projected';

// Training
export {train} from './training/train';
export {disposeState, initialState, openTraining, stepCount, stepOf, type Task, type Training, type TrainingState} from './training/training';
export type {TrainingEvent} from './training/event';
export {adamW, type AdamWOptions} from './training/adamW';
export {clipped} from './training/clipped';
export {lars, type LarsOptions} from './training/lars';
export {sgd, type SgdOptions} from './training/sgd';
export type {Optimizer} from './training/optimizer';
export {batchNormStatistics} from './training/batchNormStatistics';
export {loadCheckpoint, saveCheckpoint} from './training/checkpoint';
export {encoderOf, type TrainedEncoder} from './training/encoderOf';
export {finishedRows, openRun, type Run} from './training/run';
export {readSafetensors, writeSafetensors} from './training/safetensors';

// Data sets
export {imagesAt, type Dataset, type LoadedDataset, type ReadImages, type Splits} from './datasets/dataset';
export {imageSource, type ImageSourceOptions} from './datasets/imageSource';
export {cifar10} from './datasets/cifar10';
export {cifar100} from './datasets/cifar100';
export {digits} from './datasets/digits';
export {drawnEmoji, prepareDrawnEmoji, type DrawnEmoji} from './datasets/drawnEmoji';
export {fashionMnist, type FashionMnistOptions} from './datasets/fashionMnist';
export {imageFolder, type ImageFolderOptions} from './datasets/imageFolder';
export {ofClasses} from './datasets/ofClasses';
export {decodeImage} from './datasets/images';
export {stl10, type Stl10Options} from './datasets/stl10';
export {subset} from './datasets/subset';
export {svhn, type SvhnOptions} from './datasets/svhn';

// Evaluation
export {accuracies, featureAccuracies, type Accuracies, type FeatureAccuracies} from './evaluation/accuracies';
export {batches} from './evaluation/batches';
export {chance} from './evaluation/chance';
export {embed, type Embeddings, type Encoder} from './evaluation/embed';
export {embedSplits, evaluateEncoder, labelsAt} from './evaluation/evaluateEncoder';
export {exportBackbone} from './evaluation/exportBackbone';
export {familyBootstrap} from './evaluation/familyBootstrap';
export {hog, type HogOptions} from './evaluation/hog';
export {knn, type KnnOptions} from './evaluation/knn';
export type {Labelled, Measured} from './evaluation/labelled';
export {linearProbe, type LinearProbeOptions} from './evaluation/linearProbe';
export {neighbours} from './evaluation/neighbours';
export {rawPixels} from './evaluation/rawPixels';

// Analysis
export {alignment} from './analysis/alignment';
export {cohensD} from './analysis/cohensD';
export {evenUniformity} from './analysis/evenUniformity';
export {collapseLevel} from './analysis/collapseLevel';
export {colorHistogram, type ColorHistogramOptions} from './analysis/colorHistogram';
export {colorShortcut, type ColorShortcut} from './analysis/colorShortcut';
export {attentionShare} from './analysis/attentionShare';
export {assignments, type Assignments} from './analysis/assignments';
export {health, healthSentence, type Health} from './analysis/health';
export {histogramIntersection} from './analysis/histogramIntersection';
export {median} from './analysis/median';
export {meanInterval} from './analysis/meanInterval';
export {intervalText, meansBy, type Means} from './analysis/meansBy';
export {participationRatio} from './analysis/participationRatio';
export {penaltyByRank} from './analysis/penaltyByRank';
export {penaltyEntropy} from './analysis/penaltyEntropy';
export {relativePenalty} from './analysis/relativePenalty';
export {spearman} from './analysis/spearman';
export {lidar, type LidarOptions} from './analysis/lidar';
export {spectrum} from './analysis/spectrum';
export {rankMe} from './analysis/rankMe';
export {similarityHistogram} from './analysis/similarityHistogram';
export {tolerance} from './analysis/tolerance';
export {uniformity} from './analysis/uniformity';

// Studies, and the papers' own numbers
export {baselines, type BaselineRow} from './studies/baselines';
export {colorShortcutStudy, type ColorShortcutRow, type ColorShortcutStudyOptions} from './studies/colorShortcutStudy';
export {byol2020Colorless, simclr2020Strengths, type PublishedColorlessRow, type PublishedColorStrengthRow} from './studies/literature/color';
export {published, type Published} from './studies/publish';
export {hypersphereStudy, type HypersphereFrame, type HypersphereStudyOptions, type Objective} from './studies/hypersphereStudy';
export {byol2020Ablations, dino2021Ablations, publishedAblations, simsiam2021Ablations, type PublishedAblationRow} from './studies/literature/ablations';
export {lightlyCifar10, publishedMethods, simsiam2021Cifar10, soloLearnCifar10, type PublishedMethodRow} from './studies/literature/methods';
export {publishedTemperatures, simclr2020, wangLiu2021, wangLiuCode, type PublishedTemperatureRow} from './studies/literature/temperature';
export {profile, totals, type Profile, type ProfileRow} from './studies/profile';
export {defaultJobs} from './studies/jobs';
export {illness} from './studies/illness';
export {noInformation} from './studies/noInformation';
export {atEqualCompute, atEqualEpochs} from './studies/atEqualCompute';
export {equalCompute, methodPresets, smallMethods} from './studies/methodPresets';
export {encoded, passes, type Encoded} from './studies/passes';
export {siblingPresets} from './studies/siblingPresets';
export {ablationNames, ablations, combinations, knownAs, partsText, siblingStudy, type Ablation, type AblationName, type Parts} from './studies/siblingStudy';
export {temperaturePresets} from './studies/temperaturePresets';
export {contrastiveTask, type ContrastiveMethod, type ContrastiveSettings} from './studies/contrastiveTask';
export {hitDifferences} from './studies/hitDifferences';
export type {MeasuredRow} from './studies/measuredRun';
export {methodStudy, type MethodRow, type MethodStudyOptions, type Variant} from './studies/methodStudy';
export {methodNames} from './studies/methodNames';
export {methodTask, type MethodName, type MethodSettings, type TrainingSettings} from './studies/methodTask';
export {pushRanks} from './studies/projectionGeometry';
export {temperatureGrid, temperatureStudy, type TemperatureRow, type TemperatureStudyOptions} from './studies/temperatureStudy';
export {trial, type Trial} from './studies/trial';

// Figures
export {accuracyFigure, type AccuracyRow} from './figures/accuracyFigure';
export {closeBrowser} from './figures/browser';
export {attentionPictures} from './figures/attentionPictures';
export {colorPairsFigure} from './figures/colorPairsFigure';
export {colorShortcutFigure} from './figures/colorShortcutFigure';
export {dialFigure} from './figures/dialFigure';
export {exportFigure} from './figures/exportFigure';
export type {Figure} from './figures/figure';
export {graphFigure} from './figures/graphFigure';
export {hypersphereFigure} from './figures/hypersphereFigure';
export {profileFigure} from './figures/profileFigure';
export {imageGrid} from './figures/imageGrid';
export {ablationFigure} from './figures/ablationFigure';
export {methodFigure} from './figures/methodFigure';
export {methodTable} from './figures/methodTable';
export {nearestPictures} from './figures/nearestPictures';
export {neighboursFigure} from './figures/neighboursFigure';
export {penaltyFigure, type PenaltyRow} from './figures/penaltyFigure';
export {datasetPictures, pictures, type Picture} from './figures/pictures';
export {lossFigure} from './figures/lossFigure';
export {scheduleFigure} from './figures/scheduleFigure';
export {similarityFigure, similaritySlider} from './figures/similarityFigure';
export {spectrumFigure} from './figures/spectrumFigure';
export {strengthText} from './figures/strengthText';
export {temperatureFigure} from './figures/temperatureFigure';
export {temperatureTable} from './figures/temperatureTable';
export {trainingFigure} from './figures/trainingFigure';
export {viewsFigure} from './figures/viewsFigure';

// The notebook
export {follow} from './notebook/follow';
export {show} from './notebook/show';
export {table} from './notebook/table';
