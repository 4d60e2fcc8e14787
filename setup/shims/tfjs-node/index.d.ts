export * from '@tensorflow/tfjs-node-gpu';
