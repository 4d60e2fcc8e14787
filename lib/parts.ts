// What `import {…} from 'ssl-workbench/parts'` offers to those who build a method, a study or a
// figure of their own, room by room from the ground up. No name stands in index.ts, too.

// Ground and engine: checks, interrupts, trees of tensors
export {check} from './check';
export {dispose, fromNames, leaves, map} from './engine/params';
export {interruptSignal} from './interrupt';
export {macrotask} from './macrotask';

// The types of what one builds, and numbers that run
export {inside, type EpochTools, type Mode, type Module, type Rule, type TrainingImages} from './module';
export {scheduled} from './schedules';

// Masks: their grids, and strategies by name
export {cropMaskDefaults, namedCropMask, type CropMaskSettings} from './masks/namedCropMask';
export {masksOf, type Grid, type Masks, type TargetMasks} from './masks/masks';

// Data sets: the catalogue, and what loaders are made of
export {datasets, type DatasetRecord} from './datasets/catalogue';
export {decodeImage} from './datasets/files/images';
export {loadPairs, type PairImages, type PairOrigin} from './datasets/pairOrigin';
export {wholeAreas} from './datasets/largeImages';

// Recipes by name
export {namedRecipe, recipeDefaults, type RecipeSettings} from './views/recipes/namedRecipe';

// Sources: what one's own are made of
export {frequencies} from './views/sources/frequencySplit';
export {imageSource, type ImageSourceOptions} from './views/sources/imageSource';

// Views: chance, and pairs of views
export type {ViewPair} from './views/viewPair';
export {withProbability} from './views/withProbability';

// Layers, and how their weights start
export {attention, type Attention, type AttentionOptions} from './layers/attention';
export {batchNorm, type BatchNormOptions} from './layers/batchNorm';
export {convolution, type ConvolutionOptions} from './layers/convolution';
export {couplingFlow, type CouplingFlow, type CouplingFlowOptions} from './layers/couplingFlow';
export {gelu, type GeluOptions} from './layers/gelu';
export {globalAveragePool, maxPool} from './layers/pooling';
export {layerNorm, type LayerNormOptions} from './layers/layerNorm';
export {linear, type LinearOptions} from './layers/linear';
export {mlp, type MlpOptions} from './layers/mlp';
export {normalFanOut, normalOf, uniformFanIn, type Initial} from './layers/initial';
export {patchEmbedding, type PatchEmbeddingOptions} from './layers/patchEmbedding';
export {relu} from './layers/relu';
export {sinCosPositions} from './layers/positions';

// Losses by name, and what contrastive ones are made of
export {namedLoss, namedPairLoss, type LossName} from './losses/namedLoss';
export {
  pairSimilarities,
  type Among,
  type PairLoss,
  type Similarities,
  type SimilarityLoss,
} from './losses/similarities';
export {sinkhorn, type SinkhornOptions} from './losses/sinkhorn';

// Backbones: sizes and depths
export {vitDepth} from './backbones/vitDepth';
export {vitNames} from './backbones/namedBackbone';
export {vitSizes, type VitSize, type VitTokens, type VitTokensOptions} from './backbones/vit';

// Methods: the catalogue, and what methods are made of
export {concentrations} from './methods/clusters/concentrations';
export {eachView} from './methods/parts/eachView';
export {flowViews} from './methods/contrastive/learnedViews';
export {kMeans} from './methods/clusters/kMeans';
export {layerDecay, type LayerDecayOptions} from './methods/parts/layerDecay';
export type {MaeState} from './methods/masked/mae';
export {memoryBank} from './methods/contrastive/memoryBank';
export {methodCatalogue, type Encoded, type MethodRecord} from './methods/catalogue';
export {movingAverage} from './methods/parts/movingAverage';
export {namedTarget, type TargetName} from './methods/masked/namedTarget';
export {projected, type Projected, type ProjectedParams} from './methods/parts/projected';
export {projectionPair} from './methods/contrastive/pairEncoders';
export {scaledLoss} from './methods/parts/scaledLoss';
export {siamese, type SiameseOptions} from './methods/parts/siamese';
export type {SimclrParams} from './methods/contrastive/simclr';
export {teacherDistance} from './methods/parts/teacherDistance';

// Embeddings: statistics of batch normalization
export {batchNormStatistics} from './embedding/batchNormStatistics';

// Training: runs on disk
export {finishedRows, openRun, type Run} from './training/run';

// Analysis: sums of a profile
export {totals} from './analysis/profile';

// Mutual information: critics by name, known truths
export {cosineCeiling} from './information/crossViewInformation';
export {criticNames, namedCritic, type CriticName} from './information/namedCritic';
export {doubled, processed, type KnownTruth} from './information/knownTruth';
export {estimation, nothing, type Estimation, type EstimationOptions} from './information/estimation';
export {estimatorNames} from './information/estimator';
export {normalEntropy} from './information/barberAgakov';

// A study of one's own: rows, jobs, runs measured
export {defaultJobs, inJobs, type JobsOptions} from './study/jobs';
export {defaultSeeds, rowsOf, type Study, type StudyOptions} from './study/study';
export {encoded} from './study/passes';
export {encodedPairs, type EncodedPairs} from './study/encodedPairs';
export {encoderDefaults, trainingDefaults} from './study/trainingSettings';
export {measuredRun, type MeasuredRow, type MeasuredRunOptions} from './study/measuredRun';
export type {MethodTask, MethodTaskOptions, TaskNamed} from './study/methodTask';
export {noInformation} from './study/noInformation';
export {resultsFolder} from './study/resultsFolder';
export type {StudyPreset} from './study/studyPreset';
export {transferNames} from './study/transferred';

// Figures: what they are drawn with
export {axis, colors, layout, type LayoutOptions} from './figures/theme';
export {bars, errorBars, line, points} from './figures/traces';
export {closeBrowser} from './figures/browser';
export {dialAxis, seedCurve, type DialAxis, type Measurement, type SeedCurveOptions} from './figures/seedCurve';
export {maskedImages} from './figures/maskFigure';
export {note, type NoteOptions} from './figures/notes';
export {panels, type Panel, type PanelsOptions, type PlacedPanels} from './figures/panels';

// Studies: the command of one, and what the dials of ours can be set to
export {ablationNames, combinations, partsText} from './studies/siblings/study';
export {byol2020Ablations, simsiam2021Ablations} from './studies/siblings/published';
export {cropStrategyNames, type CropStrategyName} from './studies/attmask/study';
export {learnedSpaces} from './studies/colorSpaces/study';
export {lightlyCifar10, simsiam2021Cifar10, soloLearnCifar10} from './studies/methods/published';
export {maskAblationNames} from './studies/masks/ablations';
export {maskRatios} from './studies/masks/ratioStudy';
export {maskStrategies} from './studies/masks/strategyStudy';
export type {StudyCommand} from './studies/command';
export type {StudyOption} from './studies/options';
export {viewDialNames} from './studies/views/dials';
