// tfjs with TensorFlow's native engine behind it: every room takes `tf` from here, so that no
// operation can run before the engine is loaded.

import './gather';
export * as tf from '@tensorflow/tfjs-core';
