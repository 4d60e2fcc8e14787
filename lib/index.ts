// The table of contents: what `import {…} from 'ssl-workbench'` offers, room by room from the ground
// up (CONTRIBUTING.md), sorted within a room. What methods, studies and figures are made of stands in
// parts.ts.

// Ground and engine: presets of a notebook, tensors, keys instead of random numbers, steps as graphs
export {compile, type Compiled, type CompileOptions} from './engine/compile';
export {count} from './engine/params';
export {device, deviceLine, type Device} from './engine/device';
export {fold, key, normal, permutation, split, uniform} from './engine/random';
export {graphOf, type StepGraph, type StepNode} from './engine/graphOf';
export type {InputType} from './engine/step';
export {preset, settings, type Preset} from './preset';
export {stopGradient} from './engine/stopGradient';
export {tf} from './engine/tf';
export {valueAndGradients} from './engine/gradients';

// The types that rooms share, and numbers that run with the training
export type {Backbone, Key, Method, Params, Source, Step} from './module';
export {constant, cosine, ramp, stepSchedule, warmupCosine, type Schedule} from './schedules';

// Masks: which patches are hidden
export {attentionMask, type AttentionMaskOptions} from './masks/attentionMask';
export {blockMask, type BlockMaskOptions} from './masks/blockMask';
export {cellMask, type CellMaskOptions} from './masks/cellMask';
export {contrastMask, type ContrastMaskOptions} from './masks/contrastMask';
export {drawMasks} from './masks/drawMasks';
export {drawnMask} from './masks/drawnMask';
export {foldMask, type FoldMaskOptions} from './masks/foldMask';
export {gridMask, type GridMaskOptions} from './masks/gridMask';
export {inverseBlockMask, type InverseBlockMaskOptions} from './masks/inverseBlockMask';
export type {MaskStrategy} from './masks/masks';
export {multiBlockMask, type MultiBlockMaskOptions} from './masks/multiBlockMask';
export {namedMask, type MaskSettings} from './masks/namedMask';
export {randomMask, type RandomMaskOptions} from './masks/randomMask';
export {tubeMask, type TubeMaskOptions} from './masks/tubeMask';
export {variedMask, type VariedMaskOptions} from './masks/variedMask';

// Scenes: a renderer, from plain data to an image with its exact channels
export type {Camera, Color, Material, Scene, SceneObject} from './scenes/scene';
export {categories, categoryNames, type CategoryName, type CategoryRecord} from './scenes/categories';
export {drawScene, type Drawing, type DrawOptions} from './scenes/drawScene';
export {owners} from './scenes/surfaces';
export {
  randomObject,
  randomScene,
  type ObjectDifficulty,
  type RandomObjectOptions,
  type RandomSceneOptions,
  type SceneSide,
} from './scenes/randomScene';
export {sceneAt} from './scenes/sceneAt';
export {texture, type Texture} from './scenes/texture';
export {visibleObjects, type VisibleObject} from './scenes/visibleObjects';

// Data sets: images and labels
export {cifar10} from './datasets/cifar10';
export {cifar100} from './datasets/cifar100';
export {datasetNames, namedDataset} from './datasets/catalogue';
export {digits} from './datasets/digits';
export {div2k, type Div2kOptions} from './datasets/div2k';
export {drawnEmoji, type DrawnEmoji} from './datasets/emoji/drawnEmoji';
export {earth, type EarthPatches} from './datasets/earth/earth';
export {factorNames, factorValues, type FactorName} from './datasets/factors';
export {fashionMnist, type FashionMnistOptions} from './datasets/fashionMnist';
export {generatedFactors, type GeneratedFactors, type GeneratedFactorsOptions} from './datasets/generatedFactors';
export {imageFolder, type ImageFolderOptions} from './datasets/imageFolder';
export {imagesAt, type Dataset, type LoadedDataset, type ReadImages, type Splits} from './datasets/dataset';
export {largeEarth} from './datasets/earth/largeEarth';
export {largeFolder, type LargeFolderOptions} from './datasets/largeFolder';
export {largeImages, type LargeArea, type LargeImage, type LargeImages} from './datasets/largeImages';
export {largePhotos} from './datasets/photos/largePhotos';
export {letters, type Letters} from './datasets/letters/letters';
export {meanFlatShare, type FlatPatchesOptions} from './datasets/flatPatches';
export {objects, type ObjectCounts, type ObjectsOptions} from './datasets/scenes/objects';
export {ofClasses} from './datasets/ofClasses';
export {photos, type PhotoPatches} from './datasets/photos/photos';
export {readSafetensors, writeSafetensors} from './datasets/files/safetensors';
export {sceneClasses, scenes, type SceneChannels, type SceneImages, type ScenesOptions} from './datasets/scenes/scenes';
export {stl10, type Stl10Options} from './datasets/stl10';
export {subset} from './datasets/subset';
export {svhn, type SvhnOptions} from './datasets/svhn';
export {videoFrames, type Video, type VideoFrames, type VideoFramesOptions} from './datasets/videoFrames';

// Recipes: the views of papers
export {byolViews} from './views/recipes/byol';
export {cropFlipViews, type CropFlipViewOptions} from './views/recipes/cropFlip';
export {dinoViews, type DinoViewOptions} from './views/recipes/dino';
export {infoMinPuzzle, infoMinViews, type InfoMinViewOptions} from './views/recipes/infoMin';
export {mocoV1Views} from './views/recipes/mocoV1';
export {mocoV2Views} from './views/recipes/mocoV2';
export {mocoV3Views} from './views/recipes/mocoV3';
export {msnViews, type MsnViewOptions} from './views/recipes/msn';
export {pirlViews} from './views/recipes/pirl';
export {simclrCifarViews} from './views/recipes/simclrCifar';
export {simclrViews, type SimclrViewOptions} from './views/recipes/simclr';
export {swavViews, type SwavViewOptions} from './views/recipes/swav';

// Sources: batches of views
export {frameDistance, type FrameDistanceOptions} from './views/sources/frameDistance';
export {frequencySplit, type FrequencySplitOptions} from './views/sources/frequencySplit';
export {labeledView, type LabeledView} from './views/sources/labeledView';
export {maskedCrops, type MaskedCrops, type MaskedCropsOptions} from './views/sources/maskedCrops';
export {maskedView, type MaskedView, type MaskedViewOptions} from './views/sources/maskedView';
export {mixedView, type MixedViewOptions} from './views/sources/mixedView';
export {multiCrop, type MultiCrop, type MultiCropOptions} from './views/sources/multiCrop';
export {oneView, type OneView} from './views/sources/oneView';
export {otherDrawing, type OtherDrawingOptions} from './views/sources/otherDrawing';
export {patchPairs, type PatchPairsOptions} from './views/sources/patchPairs';
export {
  sharedFactors,
  type FactorDraw,
  type SharedFactors,
  type SharedFactorsOptions,
} from './views/sources/sharedFactors';
export {twoViews, type TwoViews, type TwoViewsOptions} from './views/sources/twoViews';

// Views: image to image
export {adjustBrightness, adjustContrast, adjustHue, adjustSaturation} from './views/color';
export {adjustSharpness} from './views/sharpness';
export {autoContrast, equalize, invert, posterize, solarizeAdd, solarizeFrom} from './views/tones';
export {channelSplit, type ChannelSplitOptions} from './views/channelSplit';
export {colorJitter, type ColorJitterOptions} from './views/colorJitter';
export {colorSpaceNames, colorSpaces, toColorSpace, type ColorSpace} from './views/colorSpace';
export {compose} from './views/compose';
export {cropResize, randomResizedCrop, type CropOptions} from './views/crop';
export {denormalize} from './views/denormalize';
export {gaussianBlur, kernelSize, randomBlur, type RandomBlurOptions} from './views/blur';
export {grayscale, randomGrayscale} from './views/grayscale';
export {horizontalFlip, randomFlip} from './views/flip';
export type {MultiCropRecipe, Recipe, RecipeOptions} from './views/recipe';
export {normalize, type NormalizeOptions} from './views/normalize';
export {quarterTurns} from './views/quarterTurns';
export {randAugment, type RandAugmentOptions} from './views/randAugment';
export {solarize} from './views/solarize';
export {tiles} from './views/tiles';
export type {View} from './views/view';
export {warp} from './views/warp';

// Layers: rows of length 1, weight normalization
export {unit} from './layers/unit';
export {weightNorm} from './layers/weightNorm';

// Losses: what is minimized, in nats
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
export {ntXent, type NtXentOptions} from './losses/ntXent';
export {simple, type SimpleOptions} from './losses/simple';
export {softCrossEntropy} from './losses/softCrossEntropy';
export {teacherCrossEntropy, type TeacherCrossEntropyOptions} from './losses/teacherCrossEntropy';
export {tokenDistance, type TokenDistanceOptions} from './losses/tokenDistance';
export {
  varianceInvarianceCovariance,
  type VarianceInvarianceCovarianceOptions,
} from './losses/varianceInvarianceCovariance';
export {withoutColumn} from './losses/withoutColumn';

// Backbones: encoders
export {namedBackbone, namedVit, type BackboneName, type VitName} from './backbones/namedBackbone';
export {pooledConv, type PooledConvOptions} from './backbones/pooledConv';
export {resnet, type ResnetOptions} from './backbones/resnet';
export {smallConv, type SmallConvOptions} from './backbones/smallConv';
export {vit, type Vit, type VitOptions} from './backbones/vit';

// Methods: a paper each
export {barlowTwins, type BarlowTwinsOptions} from './methods/negativeFree/barlowTwins';
export {beit, type BeitOptions} from './methods/masked/beit';
export {byol, type ByolOptions} from './methods/negativeFree/byol';
export {cmc, type CmcOptions} from './methods/contrastive/cmc';
export {data2vec, type Data2vecOptions} from './methods/masked/data2vec';
export type {DecoderSize} from './methods/masked/decoder';
export {dino, type DinoOptions, type DinoOutputs} from './methods/distillation/dino';
export {fineTuning, type FineTuningOptions} from './methods/fineTuning';
export {hogTarget, type HogTargetOptions} from './methods/masked/hogTarget';
export {ibot, type IbotOptions} from './methods/masked/ibot';
export {iJepa, type IJepaOptions} from './methods/masked/iJepa';
export {instanceDiscrimination, type InstanceDiscriminationOptions} from './methods/contrastive/instanceDiscrimination';
export {invariantSpread, type InvariantSpreadOptions} from './methods/contrastive/invariantSpread';
export {learnedViews, type LearnedViewsOptions} from './methods/contrastive/learnedViews';
export {
  linearTeacher,
  simclrDistillation,
  type SimclrDistillationOptions,
  type Teacher,
} from './methods/distillation/simclrDistillation';
export {mae, type Mae, type MaeOptions} from './methods/masked/mae';
export {maskFeat, type MaskFeatOptions} from './methods/masked/maskFeat';
export {methodNames, type MethodName, type MethodSettings} from './methods/catalogue';
export {moco, type MocoOptions} from './methods/contrastive/moco';
export {mocoV3, type MocoV3Options} from './methods/contrastive/mocoV3';
export {msn, type MsnOptions} from './methods/masked/msn';
export {normalizedPixelTarget, pixelTarget, type PatchTarget} from './methods/masked/patchTarget';
export {pcl, type PclOptions} from './methods/clusters/pcl';
export {pirl, type PirlOptions} from './methods/contrastive/pirl';
export type {Reconstruction} from './methods/masked/reconstruction';
export {sdae, type SdaeOptions} from './methods/masked/sdae';
export {simclr, type SimclrOptions} from './methods/contrastive/simclr';
export {simmim, type SimmimOptions} from './methods/masked/simmim';
export {simsiam, type SimsiamOptions} from './methods/negativeFree/simsiam';
export {supervised, type SupervisedOptions} from './methods/supervised';
export {swav, type SwavOptions} from './methods/clusters/swav';
export {temperatureSchedule, type TemperatureSchedule} from './methods/contrastive/temperatureSchedule';
export {tokenizer, type Tokenizer, type TokenizerOptions} from './methods/masked/tokenizer';
export {vicreg, type VicregOptions} from './methods/negativeFree/vicreg';

// Embeddings: an encoder over images
export {batches} from './embedding/batches';
export {embed, type Embeddings, type Encoder} from './embedding/embed';
export {encoderOf, type TrainedEncoder} from './embedding/encoderOf';

// Training: one loop, optimizers, checkpoints
export {adamW, type AdamWOptions} from './training/adamW';
export {clipped} from './training/clipped';
export {
  disposeState,
  initialState,
  openTraining,
  stepCount,
  stepOf,
  type Task,
  type Training,
  type TrainingState,
} from './training/training';
export {lars, type LarsOptions} from './training/lars';
export {loadCheckpoint, saveCheckpoint} from './training/checkpoint';
export type {Optimizer} from './training/optimizer';
export {sgd, type SgdOptions} from './training/sgd';
export {train} from './training/train';
export type {TrainingEvent} from './training/event';
export {version} from './training/provenance';

// Evaluation: k-NN, linear probe, fine-tuning, features of peers
export {accuracies, featureAccuracies, type Accuracies, type FeatureAccuracies} from './evaluation/accuracies';
export {chance} from './evaluation/chance';
export {colorStatistics, type ColorStatisticsOptions} from './evaluation/colorStatistics';
export {crossHandRetrieval, type HandPair, type Retrieval} from './evaluation/crossHandRetrieval';
export {embedSplits, evaluateEmbedding, evaluateEncoder, labelsAt} from './evaluation/evaluateEncoder';
export {exportBackbone} from './evaluation/exportBackbone';
export {familyBootstrap} from './evaluation/familyBootstrap';
export {fineTune, type FineTuned, type FineTuneOptions} from './evaluation/fineTune';
export {hog, type HogOptions} from './evaluation/hog';
export {knn, type KnnOptions} from './evaluation/knn';
export type {Labeled, Measured} from './evaluation/labeled';
export {layerAccuracies, type LayerAccuracies} from './evaluation/layerAccuracies';
export {layerFeatures, type LayerFeatures, type LayerFeaturesOptions} from './evaluation/layerFeatures';
export {linearProbe, type LinearProbeOptions} from './evaluation/linearProbe';
export {loadVit, type LoadedVit, type LoadVitOptions} from './evaluation/loadVit';
export {neighbors} from './evaluation/neighbors';
export {rawPixels} from './evaluation/rawPixels';
export {saveVit, type SaveVitOptions} from './evaluation/saveVit';
export {scaledChannels, type ChannelScaling} from './evaluation/scaledChannels';

// Analysis: what features and losses are like
export {alignment} from './analysis/alignment';
export {assignments, type Assignments} from './analysis/assignments';
export {attentionShare} from './analysis/attentionShare';
export {channelShares} from './analysis/channelShares';
export {cohensD} from './analysis/cohensD';
export {collapseLevel} from './analysis/collapseLevel';
export {colorHistogram, type ColorHistogramOptions} from './analysis/colorHistogram';
export {colorShortcut, type ColorShortcut} from './analysis/colorShortcut';
export {evenUniformity} from './analysis/evenUniformity';
export {health, healthSentence, type Health} from './analysis/health';
export {histogramIntersection} from './analysis/histogramIntersection';
export {intervalText, meansBy, type Means} from './analysis/meansBy';
export {lidar, type LidarOptions} from './analysis/lidar';
export {maskStatistics, type MaskStatistics, type MaskStatisticsOptions} from './analysis/maskStatistics';
export {meanInterval} from './analysis/meanInterval';
export {median} from 'd3-array';
export {participationRatio} from './analysis/participationRatio';
export {patchPca, type PatchPca, type PatchPcaOptions} from './analysis/patchPca';
export {penaltyByRank} from './analysis/penaltyByRank';
export {penaltyEntropy} from './analysis/penaltyEntropy';
export {profile, type Profile, type ProfileRow} from './analysis/profile';
export {rankMe} from './analysis/rankMe';
export {relativePenalty} from './analysis/relativePenalty';
export {similarityHistogram} from './analysis/similarityHistogram';
export {spearman} from './analysis/spearman';
export {spectrum} from './analysis/spectrum';
export {tolerance} from './analysis/tolerance';
export {uniformity} from './analysis/uniformity';

// Mutual information: estimators, critics, problems whose answer is known
export {barberAgakov} from './information/barberAgakov';
export {bilinearCritic, type BilinearCriticOptions} from './information/bilinearCritic';
export {classMixture, type ClassMixture, type ClassMixtureOptions} from './information/classMixture';
export {club} from './information/club';
export {concatenatedCritic} from './information/concatenatedCritic';
export {conditionalCritic} from './information/conditionalCritic';
export {
  correlatedGaussians,
  gaussianCorrelation,
  gaussianInformation,
  type CorrelatedGaussiansOptions,
} from './information/correlatedGaussians';
export type {Critic, CriticOptions} from './information/critic';
export {
  crossViewInformation,
  type CrossViewInformation,
  type CrossViewInformationOptions,
} from './information/crossViewInformation';
export {donskerVaradhan} from './information/donskerVaradhan';
export {infoNce} from './information/infoNce';
export {interpolated, type InterpolatedOptions} from './information/interpolated';
export {jensenShannon} from './information/jensenShannon';
export {ksg, type KsgOptions} from './information/ksg';
export {localKsg, type LocalKsgOptions} from './information/localKsg';
export {mine} from './information/mine';
export {missingInformation, sharedInformation} from './information/sharedInformation';
export {namedEstimator, type Estimator, type EstimatorSettings} from './information/estimator';
export {nwj} from './information/nwj';
export type {Points} from './information/points';
export {separableCritic, type SeparableCriticOptions} from './information/separableCritic';
export {smile, type SmileOptions} from './information/smile';
export {staircase} from './information/staircase';
export {tuba} from './information/tuba';

// Studies: what all of them share
export {baselines, type BaselineRow} from './study/baselines';
export type {EncoderSettings, TrainingSettings} from './study/trainingSettings';
export {hitDifferences} from './study/hitDifferences';
export {methodTask} from './study/methodTask';
export {pairedDifference, type PairedDifferenceOptions} from './study/pairedDifference';
export {passes} from './study/passes';
export {planStudy, type PilotRows, type PlanOptions, type StudyPlan} from './study/planStudy';
export {published, type Published} from './study/publish';

// Figures: rows to plotly objects, and their export
export {accuracyFigure, type AccuracyRow} from './figures/accuracyFigure';
export {attentionFigure} from './figures/attentionFigure';
export {attentionPictures} from './figures/attentionPictures';
export {channelFigure} from './figures/channelFigure';
export {datasetPictures, pictures, type Picture} from './figures/pictures';
export {dialFigure} from './figures/dialFigure';
export {exportFigure} from './figures/exportFigure';
export type {Figure} from './figures/figure';
export {graphFigure} from './figures/graphFigure';
export {imageGrid} from './figures/imageGrid';
export {layerFigure, type LayerRow} from './figures/layerFigure';
export {maskTable, type MaskTableOptions} from './figures/maskTable';
export {nearestPictures} from './figures/nearestPictures';
export {neighborsFigure} from './figures/neighborsFigure';
export {patchPcaFigure} from './figures/patchPcaFigure';
export {patchPcaPictures, type PatchPcaPictures} from './figures/patchPcaPictures';
export {penaltyFigure, type PenaltyRow} from './figures/penaltyFigure';
export {previewMasks, type PreviewMasksOptions} from './figures/maskFigure';
export {profileFigure} from './figures/profileFigure';
export {reconstructionFigure, type ReconstructionFigureOptions} from './figures/reconstructionFigure';
export {reconstructionPictures, type ReconstructionPictures} from './figures/reconstructionPictures';
export {spectrumFigure} from './figures/spectrumFigure';
export {strengthText} from './figures/strengthText';
export {trainingFigure} from './figures/trainingFigure';
export {viewsFigure} from './figures/viewsFigure';

// Study: temperature of contrastive losses
export {contrastiveTask, type ContrastiveMethod, type ContrastiveSettings} from './studies/temperature/task';
export {lossFigure} from './studies/temperature/lossFigure';
export {
  publishedTemperatures,
  simclr2020,
  wangLiu2021,
  wangLiuCode,
  type PublishedTemperatureRow,
} from './studies/temperature/published';
export {scheduleFigure} from './studies/temperature/scheduleFigure';
export {similarityFigure, similaritySlider} from './studies/temperature/similarityFigure';
export {temperatureFigure} from './studies/temperature/figure';
export {temperaturePresets} from './studies/temperature/presets';
export {temperatureStudy, type TemperatureRow, type TemperatureStudyOptions} from './studies/temperature/study';
export {temperatureTable} from './studies/temperature/table';

// Study: parts of siamese methods that keep them from collapse
export {ablationFigure} from './studies/siblings/figure';
export {ablations, knownAs, siblingStudy, type Ablation, type AblationName, type Parts} from './studies/siblings/study';
export {dino2021Ablations, publishedAblations, type PublishedAblationRow} from './studies/siblings/published';
export {siblingPresets} from './studies/siblings/presets';

// Study: methods at equal epochs and at equal compute
export {encoderPresets} from './studies/encoders/presets';
export {equalComputePresets, methodPresets, smallMethods} from './studies/methods/presets';
export {equalComputeStudy} from './studies/methods/equalCompute';
export {illness} from './studies/methods/illness';
export {methodFigure} from './studies/methods/figure';
export {methodStudy, type MethodRow, type MethodStudyOptions, type Variant} from './studies/methods/study';
export {methodTable} from './studies/methods/table';
export {publishedMethods, type PublishedMethodRow} from './studies/methods/published';

// Studies: mask ratios, strategies and designs of masked autoencoders
export {ijepa2023, type PublishedJepaRow} from './studies/masks/publishedJepa';
export {mae2022, type PublishedMaskRow} from './studies/masks/published';
export {maskAblationFigure} from './studies/masks/ablationFigure';
export {maskAblations, type MaskAblation, type MaskAblationName} from './studies/masks/ablations';
export {maskCost, type MaskCostOptions, type MaskCostRow} from './studies/masks/cost';
export {maskCostFigure} from './studies/masks/costFigure';
export {maskDesignPresets, maskRatioPresets, maskStrategyPresets} from './studies/masks/presets';
export {maskDesignStudy, type MaskDesignStudyOptions} from './studies/masks/designStudy';
export {maskRatioFigure} from './studies/masks/ratioFigure';
export {maskRatioFindings, type MaskRatioFinding} from './studies/masks/ratioFindings';
export {maskRatioStudy, type MaskRatioStudyOptions} from './studies/masks/ratioStudy';
export {
  maskReference,
  maskStudy,
  type FineTuningSettings,
  type MaskRow,
  type MaskSetting,
  type MaskStudyOptions,
  type MaskVariant,
} from './studies/masks/study';
export {maskStrategyStudy, type MaskStrategyStudyOptions} from './studies/masks/strategyStudy';
export {maskTask, type MaskedSettings, type MaskTaskOptions, type MaskTrainingSettings} from './studies/masks/task';

// Study: masks by attention (AttMask)
export {attmask2022, attmaskColumn, type PublishedCropStrategyRow} from './studies/attmask/published';
export {attmaskAblation, attmaskStudy, type AttmaskStudyOptions} from './studies/attmask/study';
export {attmaskPresets} from './studies/attmask/presets';

// Study: what views share, and how good they are
export {dialedViews, viewDials, type ViewDialName, type ViewDialRecord} from './studies/views/dials';
export {goodViewsFigure, type GoodViewsFigureOptions} from './studies/views/figure';
export {reverseU, type DialedValue, type ReverseU} from './studies/views/reverseU';
export {viewDialFigure, type ViewDialFigureOptions} from './studies/views/dialFigure';
export {
  viewInformationStudy,
  type ViewInformationStudyOptions,
  type ViewRow,
  type ViewSettings,
} from './studies/views/study';
export {viewPresets} from './studies/views/presets';

// Study: factors that views share
export {sharedFactorsFigure, type SharedFactorsFigureOptions} from './studies/sharedFactors/figure';
export {sharedFactorsPresets} from './studies/sharedFactors/presets';
export {
  sharedFactorsStudy,
  type SharedFactorsRow,
  type SharedFactorsSettings,
  type SharedFactorsStudyOptions,
} from './studies/sharedFactors/study';

// Study: color spaces as views
export {colorSpaceFigure, type ColorSpaceFigureOptions} from './studies/colorSpaces/figure';
export {colorSpacePresets} from './studies/colorSpaces/presets';
export {
  colorSpaceStudy,
  flowPair,
  spaceTitle,
  splitSpaces,
  type ColorSpaceRow,
  type ColorSpaceStudyOptions,
  type LearnedSpace,
  type SplitSpace,
} from './studies/colorSpaces/study';

// Trials: small trainings that keep no runs
export {trial, type Trial} from './trials/trial';

// Trial: features on the hypersphere
export {hypersphereFigure} from './trials/hypersphere/figure';
export {
  hypersphereStudy,
  type HypersphereFrame,
  type HypersphereStudyOptions,
  type Objective,
} from './trials/hypersphere/frames';

// Trial: estimators against known truths
export {estimatorFigure} from './trials/estimators/figure';
export {estimatorStudy, type EstimatorRow, type EstimatorStudyOptions} from './trials/estimators/trials';
export {
  selfConsistency,
  type SelfConsistencyOptions,
  type SelfConsistencyRow,
} from './trials/estimators/selfConsistency';
export {selfConsistencyTable} from './trials/estimators/selfConsistencyTable';
export {staircaseFigure, type StaircaseFigureOptions} from './trials/estimators/staircaseFigure';

// Trial: color as a shortcut
export {
  byol2020Colorless,
  simclr2020Strengths,
  type PublishedColorlessRow,
  type PublishedColorStrengthRow,
} from './trials/colorShortcut/published';
export {colorPairsFigure} from './trials/colorShortcut/pairsFigure';
export {colorShortcutFigure} from './trials/colorShortcut/figure';
export {colorShortcutStudy, type ColorShortcutRow, type ColorShortcutStudyOptions} from './trials/colorShortcut/trials';

// The notebook
export {follow} from './notebook/follow';
export {show} from './notebook/show';
export {table} from './notebook/table';
