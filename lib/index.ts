// The table of contents: what `import {…} from 'ssl-workbench'` offers, room by room.

// The engine
export {tf} from './engine/tf';
export {device, deviceLine, type Device} from './engine/device';
export {fold, key, normal, permutation, split, uniform} from './engine/random';
export {compile, type Compiled, type CompileOptions} from './engine/compile';
export type {InputType} from './engine/step';
export {graphOf, type StepGraph, type StepNode} from './engine/graphOf';
export {stopGradient} from './engine/stopGradient';
export {valueAndGradients} from './engine/gradients';
export {bytes, gatherBytes} from './engine/bytes';

// The types that rooms share, and walks over parameters
export {
  inside,
  type Backbone,
  type Key,
  type Method,
  type Mode,
  type Module,
  type Params,
  type EpochTools,
  type Rule,
  type Source,
  type Step,
  type TrainingImages,
} from './module';
export {count, dispose, fromNames, leaves, map} from './engine/params';
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
export {patchEmbedding, type PatchEmbeddingOptions} from './layers/patchEmbedding';
export {sinCosPositions} from './layers/positions';
export {weightNorm} from './layers/weightNorm';
export {couplingFlow, type CouplingFlow, type CouplingFlowOptions} from './layers/couplingFlow';
export {relu} from './layers/relu';
export {normalFanOut, normalOf, uniformFanIn, type Initial} from './layers/initial';
export {namedBackbone, namedVit, vitNames, type BackboneName, type VitName} from './backbones/namedBackbone';
export {resnet, type ResnetOptions} from './backbones/resnet';
export {smallConv, type SmallConvOptions} from './backbones/smallConv';
export {
  vit,
  vitSizes,
  type Vit,
  type VitOptions,
  type VitSize,
  type VitTokens,
  type VitTokensOptions,
} from './backbones/vit';
export {vitDepth} from './backbones/vitDepth';

// Views
export {gaussianBlur, kernelSize, randomBlur, type RandomBlurOptions} from './views/blur';
export {adjustBrightness, adjustContrast, adjustHue, adjustSaturation} from './views/color';
export {colorJitter, type ColorJitterOptions} from './views/colorJitter';
export {channelSplit, type ChannelSplitOptions} from './views/channelSplit';
export {colorSpaceNames, colorSpaces, toColorSpace, type ColorSpace} from './views/colorSpace';
export type {ViewPair} from './views/viewPair';
export {compose} from './views/compose';
export {cropResize, randomResizedCrop, type CropOptions} from './views/crop';
export {horizontalFlip, randomFlip} from './views/flip';
export {frameDistance, type FrameDistanceOptions} from './views/sources/frameDistance';
export {frequencies, frequencySplit, type FrequencySplitOptions} from './views/sources/frequencySplit';
export {grayscale, randomGrayscale} from './views/grayscale';
export {denormalize} from './views/denormalize';
export {labelledView, type LabelledView} from './views/sources/labelledView';
export {maskedCrops, type MaskedCrops, type MaskedCropsOptions} from './views/sources/maskedCrops';
export {maskedView, type MaskedView, type MaskedViewOptions} from './views/sources/maskedView';
export {mixedView, type MixedViewOptions} from './views/sources/mixedView';
export {multiCrop, type MultiCrop, type MultiCropOptions} from './views/sources/multiCrop';
export {normalize, type NormalizeOptions} from './views/normalize';
export {oneView, type OneView} from './views/sources/oneView';
export {otherDrawing, type OtherDrawingOptions} from './views/sources/otherDrawing';
export {patchPairs, type PatchPairsOptions} from './views/sources/patchPairs';
export {quarterTurns} from './views/quarterTurns';
export {
  sharedFactors,
  type FactorDraw,
  type SharedFactors,
  type SharedFactorsOptions,
} from './views/sources/sharedFactors';
export {randAugment, type RandAugmentOptions} from './views/randAugment';
export {adjustSharpness} from './views/sharpness';
export {solarize} from './views/solarize';
export {tiles} from './views/tiles';
export {autoContrast, equalize, invert, posterize, solarizeAdd, solarizeFrom} from './views/tones';
export {warp} from './views/warp';
export {withProbability} from './views/withProbability';
export {twoViews, type TwoViews, type TwoViewsOptions} from './views/sources/twoViews';
export type {MultiCropRecipe, Recipe, RecipeOptions} from './views/recipe';
export type {View} from './views/view';
export {byolViews} from './views/recipes/byol';
export {cropFlipViews, type CropFlipViewOptions} from './views/recipes/cropFlip';
export {dinoViews, type DinoViewOptions} from './views/recipes/dino';
export {infoMinPuzzle, infoMinViews, type InfoMinViewOptions} from './views/recipes/infoMin';
export {mocoV1Views} from './views/recipes/mocoV1';
export {mocoV2Views} from './views/recipes/mocoV2';
export {mocoV3Views} from './views/recipes/mocoV3';
export {msnViews, type MsnViewOptions} from './views/recipes/msn';
export {namedRecipe, recipeDefaults, type RecipeSettings} from './views/recipes/namedRecipe';
export {pirlViews} from './views/recipes/pirl';
export {simclrViews, type SimclrViewOptions} from './views/recipes/simclr';
export {simclrCifarViews} from './views/recipes/simclrCifar';
export {swavViews, type SwavViewOptions} from './views/recipes/swav';

// Masks
export {attentionMask, type AttentionMaskOptions} from './masks/attentionMask';
export {blockMask, type BlockMaskOptions} from './masks/blockMask';
export {cellMask, type CellMaskOptions} from './masks/cellMask';
export {contrastMask, type ContrastMaskOptions} from './masks/contrastMask';
export {drawMasks} from './masks/drawMasks';
export {drawnMask} from './masks/drawnMask';
export {foldMask, type FoldMaskOptions} from './masks/foldMask';
export {gridMask, type GridMaskOptions} from './masks/gridMask';
export {inverseBlockMask, type InverseBlockMaskOptions} from './masks/inverseBlockMask';
export {masksOf, type Grid, type Masks, type MaskStrategy, type TargetMasks} from './masks/masks';
export {multiBlockMask, type MultiBlockMaskOptions} from './masks/multiBlockMask';
export {cropMaskDefaults, namedCropMask, type CropMaskSettings} from './masks/namedCropMask';
export {namedMask, type MaskSettings} from './masks/namedMask';
export {randomMask, type RandomMaskOptions} from './masks/randomMask';
export {tubeMask, type TubeMaskOptions} from './masks/tubeMask';
export {variedMask, type VariedMaskOptions} from './masks/variedMask';

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
export {
  pairSimilarities,
  type Among,
  type PairLoss,
  type Similarities,
  type SimilarityLoss,
} from './losses/similarities';
export {simple, type SimpleOptions} from './losses/simple';
export {sinkhorn, type SinkhornOptions} from './losses/sinkhorn';
export {softCrossEntropy} from './losses/softCrossEntropy';
export {tokenDistance, type TokenDistanceOptions} from './losses/tokenDistance';
export {teacherCrossEntropy, type TeacherCrossEntropyOptions} from './losses/teacherCrossEntropy';
export {
  varianceInvarianceCovariance,
  type VarianceInvarianceCovarianceOptions,
} from './losses/varianceInvarianceCovariance';
export {withoutColumn} from './losses/withoutColumn';
export {unit} from './layers/unit';
export {concentrations} from './methods/clusters/concentrations';
export {kMeans} from './methods/clusters/kMeans';
export {pcl, type PclOptions} from './methods/clusters/pcl';
export {swav, type SwavOptions} from './methods/clusters/swav';
export {instanceDiscrimination, type InstanceDiscriminationOptions} from './methods/contrastive/instanceDiscrimination';
export {invariantSpread, type InvariantSpreadOptions} from './methods/contrastive/invariantSpread';
export {cmc, type CmcOptions} from './methods/contrastive/cmc';
export {flowViews, learnedViews, type LearnedViewsOptions} from './methods/contrastive/learnedViews';
export {memoryBank} from './methods/contrastive/memoryBank';
export {projectionPair} from './methods/contrastive/pairEncoders';
export {moco, type MocoOptions} from './methods/contrastive/moco';
export {mocoV3, type MocoV3Options} from './methods/contrastive/mocoV3';
export {pirl, type PirlOptions} from './methods/contrastive/pirl';
export {dino, type DinoOptions, type DinoOutputs} from './methods/distillation/dino';
export {eachView} from './methods/parts/eachView';
export {fineTuning, type FineTuningOptions} from './methods/fineTuning';
export {layerDecay, type LayerDecayOptions} from './methods/parts/layerDecay';
export {beit, type BeitOptions} from './methods/masked/beit';
export {data2vec, type Data2vecOptions} from './methods/masked/data2vec';
export type {DecoderSize} from './methods/masked/decoder';
export {hogTarget, type HogTargetOptions} from './methods/masked/hogTarget';
export {iJepa, type IJepaOptions} from './methods/masked/iJepa';
export {ibot, type IbotOptions} from './methods/masked/ibot';
export {mae, type Mae, type MaeOptions, type MaeState} from './methods/masked/mae';
export {maskFeat, type MaskFeatOptions} from './methods/masked/maskFeat';
export {msn, type MsnOptions} from './methods/masked/msn';
export {namedTarget, type TargetName} from './methods/masked/namedTarget';
export {normalisedPixelTarget, pixelTarget, type PatchTarget} from './methods/masked/patchTarget';
export type {Reconstruction} from './methods/masked/reconstruction';
export {sdae, type SdaeOptions} from './methods/masked/sdae';
export {simmim, type SimmimOptions} from './methods/masked/simmim';
export {tokenizer, type Tokenizer, type TokenizerOptions} from './methods/masked/tokenizer';
export {barlowTwins, type BarlowTwinsOptions} from './methods/negativeFree/barlowTwins';
export {byol, type ByolOptions} from './methods/negativeFree/byol';
export {simsiam, type SimsiamOptions} from './methods/negativeFree/simsiam';
export {vicreg, type VicregOptions} from './methods/negativeFree/vicreg';
export {scaledLoss} from './methods/parts/scaledLoss';
export {siamese, type SiameseOptions} from './methods/parts/siamese';
export {supervised, type SupervisedOptions} from './methods/supervised';
export {teacherDistance} from './methods/parts/teacherDistance';
export {
  linearTeacher,
  simclrDistillation,
  type SimclrDistillationOptions,
  type Teacher,
} from './methods/distillation/simclrDistillation';
export {simclr, type SimclrOptions, type SimclrParams} from './methods/contrastive/simclr';
export {temperatureSchedule, type TemperatureSchedule} from './methods/contrastive/temperatureSchedule';
export {movingAverage} from './methods/parts/movingAverage';
export {projected, type Projected, type ProjectedParams} from './methods/parts/projected';

// Training
export {train} from './training/train';
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
export type {TrainingEvent} from './training/event';
export {adamW, type AdamWOptions} from './training/adamW';
export {clipped} from './training/clipped';
export {lars, type LarsOptions} from './training/lars';
export {sgd, type SgdOptions} from './training/sgd';
export type {Optimizer} from './training/optimizer';
export {batchNormStatistics} from './embedding/batchNormStatistics';
export {loadCheckpoint, saveCheckpoint} from './training/checkpoint';
export {encoderOf, type TrainedEncoder} from './embedding/encoderOf';
export {finishedRows, openRun, type Run} from './training/run';
export {readSafetensors, writeSafetensors} from './datasets/files/safetensors';

// Data sets
export {imagesAt, type Dataset, type LoadedDataset, type ReadImages, type Splits} from './datasets/dataset';
export {imageSource, type ImageSourceOptions} from './views/sources/imageSource';
export {cifar10} from './datasets/cifar10';
export {cifar100} from './datasets/cifar100';
export {digits} from './datasets/digits';
export {div2k, type Div2kOptions} from './datasets/div2k';
export {datasetNames, datasets, namedDataset, type DatasetRecord} from './datasets/catalogue';
export {drawnEmoji, prepareDrawnEmoji, type DrawnEmoji} from './datasets/emoji/drawnEmoji';
export {earth, prepareEarth, type EarthPatches} from './datasets/earth/earth';
export {flatShare, meanFlatShare, type FlatPatchesOptions} from './datasets/flatPatches';
export {fashionMnist, type FashionMnistOptions} from './datasets/fashionMnist';
export {countOf, factorNames, factorValues, type FactorName} from './datasets/factors';
export {generatedFactors, type GeneratedFactors, type GeneratedFactorsOptions} from './datasets/generatedFactors';
export {imageFolder, type ImageFolderOptions} from './datasets/imageFolder';
export {largeEarth} from './datasets/earth/largeEarth';
export {largeFolder, type LargeFolderOptions} from './datasets/largeFolder';
export {largeImages, wholeAreas, type LargeArea, type LargeImage, type LargeImages} from './datasets/largeImages';
export {largePhotos} from './datasets/photos/largePhotos';
export {ofClasses} from './datasets/ofClasses';
export {decodeImage} from './datasets/files/images';
export {photos, preparePhotos, type PhotoPatches} from './datasets/photos/photos';
export {stl10, type Stl10Options} from './datasets/stl10';
export {subset} from './datasets/subset';
export {svhn, type SvhnOptions} from './datasets/svhn';
export {videoFrames, type Video, type VideoFrames, type VideoFramesOptions} from './datasets/videoFrames';

// Evaluation
export {accuracies, featureAccuracies, type Accuracies, type FeatureAccuracies} from './evaluation/accuracies';
export {batches} from './embedding/batches';
export {chance} from './evaluation/chance';
export {embed, type Embeddings, type Encoder} from './embedding/embed';
export {embedSplits, evaluateEmbedding, evaluateEncoder, labelsAt} from './evaluation/evaluateEncoder';
export {exportBackbone} from './evaluation/exportBackbone';
export {familyBootstrap} from './evaluation/familyBootstrap';
export {fineTune, type FineTuned, type FineTuneOptions} from './evaluation/fineTune';
export {hog, type HogOptions} from './evaluation/hog';
export {colorStatistics, type ColorStatisticsOptions} from './evaluation/colorStatistics';
export {knn, type KnnOptions} from './evaluation/knn';
export type {Labelled, Measured} from './evaluation/labelled';
export {layerAccuracies, type LayerAccuracies} from './evaluation/layerAccuracies';
export {layerFeatures, type LayerFeatures, type LayerFeaturesOptions} from './evaluation/layerFeatures';
export {scaledChannels, type ChannelScaling} from './evaluation/scaledChannels';
export {linearProbe, type LinearProbeOptions} from './evaluation/linearProbe';
export {loadVit, type LoadedVit, type LoadVitOptions} from './evaluation/loadVit';
export {neighbours} from './evaluation/neighbours';
export {rawPixels} from './evaluation/rawPixels';
export {saveVit, type SaveVitOptions} from './evaluation/saveVit';

// Analysis
export {alignment} from './analysis/alignment';
export {cohensD} from './analysis/cohensD';
export {evenUniformity} from './analysis/evenUniformity';
export {collapseLevel} from './analysis/collapseLevel';
export {colorHistogram, type ColorHistogramOptions} from './analysis/colorHistogram';
export {colorShortcut, type ColorShortcut} from './analysis/colorShortcut';
export {attentionShare} from './analysis/attentionShare';
export {channelShares} from './analysis/channelShares';
export {patchPca, type PatchPca, type PatchPcaOptions} from './analysis/patchPca';
export {assignments, type Assignments} from './analysis/assignments';
export {health, healthSentence, type Health} from './analysis/health';
export {histogramIntersection} from './analysis/histogramIntersection';
export {maskStatistics, type MaskStatistics, type MaskStatisticsOptions} from './analysis/maskStatistics';
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

// Mutual information
export {barberAgakov, normalEntropy} from './information/barberAgakov';
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
  cosineCeiling,
  crossViewInformation,
  type CrossViewInformation,
  type CrossViewInformationOptions,
} from './information/crossViewInformation';
export {donskerVaradhan} from './information/donskerVaradhan';
export {estimation, nothing, type Estimation, type EstimationOptions} from './information/estimation';
export {estimatorNames, namedEstimator, type Estimator, type EstimatorSettings} from './information/estimator';
export {infoNce} from './information/infoNce';
export {interpolated, type InterpolatedOptions} from './information/interpolated';
export {jensenShannon} from './information/jensenShannon';
export {doubled, processed, type KnownTruth} from './information/knownTruth';
export {ksg, type KsgOptions} from './information/ksg';
export {localKsg, type LocalKsgOptions} from './information/localKsg';
export type {Points} from './information/points';
export {mine} from './information/mine';
export {criticNames, namedCritic, type CriticName} from './information/namedCritic';
export {nwj} from './information/nwj';
export {separableCritic, type SeparableCriticOptions} from './information/separableCritic';
export {missingInformation, sharedInformation} from './information/sharedInformation';
export {smile, type SmileOptions} from './information/smile';
export {staircase} from './information/staircase';
export {tuba} from './information/tuba';

// Studies, and the papers' own numbers
export {baselines, type BaselineRow} from './study/baselines';
export {colorShortcutStudy, type ColorShortcutRow, type ColorShortcutStudyOptions} from './trials/colorShortcut/trials';
export {attmaskPresets} from './studies/attmask/presets';
export {
  attmaskAblation,
  attmaskStudy,
  attmaskVariants,
  cropStrategies,
  cropStrategyNames,
  type AttmaskStudyOptions,
  type CropStrategyName,
} from './studies/attmask/study';
export {
  byol2020Colorless,
  simclr2020Strengths,
  type PublishedColorlessRow,
  type PublishedColorStrengthRow,
} from './trials/colorShortcut/published';
export {published, type Published} from './study/publish';
export {
  hypersphereStudy,
  type HypersphereFrame,
  type HypersphereStudyOptions,
  type Objective,
} from './trials/hypersphere/frames';
export {
  byol2020Ablations,
  dino2021Ablations,
  publishedAblations,
  simsiam2021Ablations,
  type PublishedAblationRow,
} from './studies/siblings/published';
export {attmask2022, attmaskColumn, type PublishedCropStrategyRow} from './studies/attmask/published';
export {ijepa2023, type PublishedJepaRow} from './studies/masks/publishedJepa';
export {
  lightlyCifar10,
  publishedMethods,
  simsiam2021Cifar10,
  soloLearnCifar10,
  type PublishedMethodRow,
} from './studies/methods/published';
export {mae2022, type PublishedMaskRow} from './studies/masks/published';
export {
  publishedTemperatures,
  simclr2020,
  wangLiu2021,
  wangLiuCode,
  type PublishedTemperatureRow,
} from './studies/temperature/published';
export {profile, totals, type Profile, type ProfileRow} from './analysis/profile';
export {defaultJobs} from './study/jobs';
export {illness} from './studies/methods/illness';
export {noInformation} from './study/noInformation';
export {atEqualCompute, atEqualEpochs} from './studies/methods/atEqualCompute';
export {equalCompute, methodPresets, smallMethods} from './studies/methods/presets';
export {encoded, passes} from './study/passes';
export {siblingPresets} from './studies/siblings/presets';
export {
  ablationNames,
  ablations,
  combinations,
  knownAs,
  partsText,
  siblingStudy,
  type Ablation,
  type AblationName,
  type Parts,
} from './studies/siblings/study';
export {temperaturePresets} from './studies/temperature/presets';
export {contrastiveTask, type ContrastiveMethod, type ContrastiveSettings} from './studies/temperature/task';
export {hitDifferences} from './study/hitDifferences';
export {designVariants, maskDesignStudy, type MaskDesignStudyOptions} from './studies/masks/designStudy';
export {maskDesignPresets, maskRatioPresets, maskStrategyPresets} from './studies/masks/presets';
export {maskRatios, maskRatioStudy, ratioVariants, type MaskRatioStudyOptions} from './studies/masks/ratioStudy';
export {
  maskStrategies,
  maskStrategyStudy,
  strategyVariants,
  type MaskStrategyStudyOptions,
} from './studies/masks/strategyStudy';
export {maskAblationNames, maskAblations, type MaskAblation, type MaskAblationName} from './studies/masks/ablations';
export {
  maskReference,
  maskStudy,
  notPretrained,
  type FineTuningSettings,
  type MaskRow,
  type MaskSetting,
  type MaskStudyOptions,
  type MaskVariant,
} from './studies/masks/study';
export {maskTask, type MaskedSettings, type MaskTaskOptions, type MaskTrainingSettings} from './studies/masks/task';
export {maskCost, type MaskCostOptions, type MaskCostRow} from './studies/masks/cost';
export {maskRatioFindings, type MaskRatioFinding} from './studies/masks/ratioFindings';
export type {MeasuredRow} from './study/measuredRun';
export {methodStudy, type MethodRow, type MethodStudyOptions, type Variant} from './studies/methods/study';
export {
  methodCatalogue,
  methodNames,
  type Encoded,
  type MethodName,
  type MethodRecord,
  type MethodSettings,
} from './methods/catalogue';
export {methodTask, type MethodTask, type MethodTaskOptions, type TaskNamed} from './study/methodTask';
export {
  encoderDefaults,
  trainingDefaults,
  trainingOf,
  type EncoderSettings,
  type TrainingSettings,
} from './study/trainingSettings';
export {pushRanks} from './study/projectionGeometry';
export {
  temperatureGrid,
  temperatureStudy,
  type TemperatureRow,
  type TemperatureStudyOptions,
} from './studies/temperature/study';
export {trial, type Trial} from './trials/trial';
export {encodedPairs, type EncodedPairs} from './study/encodedPairs';
export {estimatorStudy, type EstimatorRow, type EstimatorStudyOptions} from './trials/estimators/trials';
export {
  sharedFactorsDefaults,
  sharedFactorsStudy,
  toyChoices,
  type SharedFactorsRow,
  type SharedFactorsSettings,
  type SharedFactorsStudyOptions,
} from './studies/sharedFactors/study';
export {sharedFactorsPresets} from './studies/sharedFactors/presets';
export {reverseU, type DialledValue, type ReverseU} from './studies/views/reverseU';
export {
  dialledViews,
  viewDialNames,
  viewDials,
  type ViewBase,
  type ViewDialName,
  type ViewDialRecord,
} from './studies/views/dials';
export {transferNames} from './study/transferred';
export {loadPairs, type PairImages, type PairOrigin} from './datasets/pairOrigin';
export {
  viewDefaults,
  viewInformationStudy,
  type ViewInformationStudyOptions,
  type ViewRow,
  type ViewSettings,
} from './studies/views/study';
export {
  selfConsistency,
  type SelfConsistencyOptions,
  type SelfConsistencyRow,
} from './trials/estimators/selfConsistency';
export {colorSpacePresets} from './studies/colorSpaces/presets';
export {
  colorSpaceStudy,
  flowPair,
  learnedSpaces,
  spaceTitle,
  splitSpaces,
  type ColorSpaceRow,
  type ColorSpaceStudyOptions,
  type LearnedSpace,
  type SplitSpace,
} from './studies/colorSpaces/study';
export {viewPresets} from './studies/views/presets';

// Figures
export {estimatorFigure} from './trials/estimators/figure';
export {selfConsistencyTable} from './trials/estimators/selfConsistencyTable';
export {colorSpaceFigure, type ColorSpaceFigureOptions} from './studies/colorSpaces/figure';
export {viewDialFigure, type ViewDialFigureOptions} from './studies/views/dialFigure';
export {goodViewsFigure, type GoodViewsFigureOptions} from './studies/views/figure';
export {sharedFactorsFigure, type SharedFactorsFigureOptions} from './studies/sharedFactors/figure';
export {staircaseFigure, type StaircaseFigureOptions} from './trials/estimators/staircaseFigure';
export {accuracyFigure, type AccuracyRow} from './figures/accuracyFigure';
export {closeBrowser} from './figures/browser';
export {attentionFigure} from './figures/attentionFigure';
export {attentionPictures} from './figures/attentionPictures';
export {channelFigure} from './figures/channelFigure';
export {colorPairsFigure} from './trials/colorShortcut/pairsFigure';
export {colorShortcutFigure} from './trials/colorShortcut/figure';
export {dialFigure} from './figures/dialFigure';
export {exportFigure} from './figures/exportFigure';
export type {Figure} from './figures/figure';
export {graphFigure} from './figures/graphFigure';
export {hypersphereFigure} from './trials/hypersphere/figure';
export {profileFigure} from './figures/profileFigure';
export {imageGrid} from './figures/imageGrid';
export {ablationFigure} from './studies/siblings/figure';
export {maskAblationFigure} from './studies/masks/ablationFigure';
export {maskCostFigure} from './studies/masks/costFigure';
export {maskRatioFigure} from './studies/masks/ratioFigure';
export {maskedImages, previewMasks, type PreviewMasksOptions} from './figures/maskFigure';
export {maskTable, type MaskTableOptions} from './figures/maskTable';
export {methodFigure} from './studies/methods/figure';
export {methodTable} from './studies/methods/table';
export {nearestPictures} from './figures/nearestPictures';
export {neighboursFigure} from './figures/neighboursFigure';
export {penaltyFigure, type PenaltyRow} from './figures/penaltyFigure';
export {datasetPictures, pictures, type Picture} from './figures/pictures';
export {layerFigure, type LayerRow} from './figures/layerFigure';
export {lossFigure} from './studies/temperature/lossFigure';
export {patchPcaFigure} from './figures/patchPcaFigure';
export {patchPcaPictures, type PatchPcaPictures} from './figures/patchPcaPictures';
export {reconstructionFigure, type ReconstructionFigureOptions} from './figures/reconstructionFigure';
export {reconstructionPictures, type ReconstructionPictures} from './figures/reconstructionPictures';
export {scheduleFigure} from './studies/temperature/scheduleFigure';
export {similarityFigure, similaritySlider} from './studies/temperature/similarityFigure';
export {spectrumFigure} from './figures/spectrumFigure';
export {strengthText} from './figures/strengthText';
export {temperatureFigure} from './studies/temperature/figure';
export {temperatureTable} from './studies/temperature/table';
export {trainingFigure} from './figures/trainingFigure';
export {viewsFigure} from './figures/viewsFigure';

// The notebook
export {follow} from './notebook/follow';
export {show} from './notebook/show';
export {table} from './notebook/table';
