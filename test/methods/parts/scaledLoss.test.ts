import {test} from 'node:test';
import {valueAndGradients} from '../../../lib/engine/gradients';
import {scaledLoss} from '../../../lib/methods/parts/scaledLoss';
import {siamese} from '../../../lib/methods/parts/siamese';
import {leaves} from '../../../lib/engine/params';
import {close} from '../../close';
import {backbone, batch, stepAt, weightsOf} from '../negativeFree/reference';

test('factor · loss + offset: gradients by the factor, all else as it was', () => {
  const method = siamese({backbone, projector: {widths: [4]}, teacher: 0.9});
  const scaled = scaledLoss(method, {factor: 3, offset: 5});
  const {params, state} = weightsOf(method);
  const [plain, other] = [method, scaled].map(({loss}) =>
    valueAndGradients(weights => loss(weights, batch(), state, stepAt()), params),
  );
  close(other!.loss.dataSync(), [3 * plain!.loss.dataSync()[0]! + 5], 1e-6);
  leaves(other!.gradients).forEach(([, gradient], i) =>
    close(gradient.dataSync(), leaves(plain!.gradients)[i]![1].mul(3).dataSync(), 1e-6),
  );
  close(other!.outputs.prediction.dataSync(), plain!.outputs.prediction.dataSync(), 0);
  const after = [method, scaled].map(({afterStep}) =>
    leaves(afterStep!(params, state, stepAt(), plain!.outputs).teacher!),
  );
  after[0]!.forEach(([, tensor], i) => close(tensor.dataSync(), after[1]![i]![1].dataSync(), 0));
});
