// Puts another kernel in the place of tfjs-node's gather, which reads its indices back to check
// them: TensorFlow checks them where they are.

import * as tfjs from '@tensorflow/tfjs-core';
import {int, operation, type, type ElementType} from './operation';

tfjs.unregisterKernel('GatherV2', 'tensorflow');
tfjs.registerKernel({
  kernelName: 'GatherV2',
  backendName: 'tensorflow',
  kernelFunc({inputs, attrs}) {
    const {x, indices} = inputs as Record<string, tfjs.Tensor>;
    // tfjs types the attributes of all kernels alike
    const {axis, batchDims} = attrs as unknown as tfjs.GatherV2Attrs;
    const attributes = {
      Tparams: type(x!.dtype as ElementType),
      Tindices: type(indices!.dtype as ElementType),
      Taxis: type('int32'),
      batch_dims: int(batchDims),
    };
    return tfjs.tidy(() => operation('GatherV2', attributes, [x!, indices!, tfjs.scalar(axis, 'int32')]));
  },
});
