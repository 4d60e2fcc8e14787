import {fold, tf, unit, type Backbone, type Method, type Params, type TwoViews} from '../../lib/index';
import {inside, mlp} from '../../lib/parts';

/**
 * log of the mean of exp(−2 ‖x − y‖²) over pairs of different rows of u [n, d], which have length
 * 1.
 */
function spread(u: tf.Tensor2D): tf.Tensor {
  const [n] = u.shape;
  const self = tf.eye(n).mul(1e9);
  return tf
    .matMul(u, u, false, true)
    .sub(1)
    .mul(4)
    .sub(self)
    .logSumExp()
    .sub(Math.log(n * (n - 1)));
}

type AlignUniformParams = {backbone: Params; projector: Params};

export function alignUniform({backbone: f}: {backbone: Backbone}): Method<TwoViews, AlignUniformParams> {
  const g = mlp([f.width, 128]);
  return {
    init: key => ({backbone: f.init(fold(key, 'backbone')), projector: g.init(fold(key, 'projector'))}),
    loss({backbone, projector}, {first, second}, _state, {key}) {
      // [2n, width]
      const embedding = f.apply(backbone, tf.concat([first, second]), inside({key}, 'backbone'));
      const projection = g.apply(projector, embedding, inside({key}, 'projector')); // [2n, 128]
      const u = unit(projection);
      const n = first.shape[0];
      const x = u.slice(0, n); // [n, 128], the first views
      const y = u.slice(n); // [n, 128], the second
      const alignment = x.sub(y).square().sum(1).mean();
      const loss = alignment.add(spread(x).add(spread(y)).div(2)).asScalar();
      return {loss, outputs: {embedding, projection}};
    },
    embed({backbone, projector}, _state, images, mode) {
      const embedding = f.apply(backbone, images, inside(mode, 'backbone'));
      return {embedding, projection: g.apply(projector, embedding, inside(mode, 'projector'))};
    },
  };
}
