// What methods are called where a person reads of them: one name each, for tables, titles and exported files.

import type {MethodName} from './methodTask';

/** As a person writes it. It is part of what a run of {@link methodStudy} is found again by: another name is another run. */
export const methodNames: Record<MethodName, string> = {
  siamese: 'siamese', simclr: 'SimCLR', moco: 'MoCo v2', mocoV3: 'MoCo v3', instanceDiscrimination: 'instance discrimination', invariantSpread: 'invariant & spreading', pirl: 'PIRL',
  simsiam: 'SimSiam', byol: 'BYOL', barlowTwins: 'Barlow Twins', vicreg: 'VICReg', swav: 'SwAV', pcl: 'PCL', dino: 'DINO', ibot: 'iBOT', supervised: 'supervised',
};
