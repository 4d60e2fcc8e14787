// Which images were classified rightly, as a row keeps it.

/** '1' or '0' for each image, in their order. */
export function hitText(predictions: Int32Array, labels: Int32Array): string {
  return Array.from(predictions, (label, i) => (label === labels[i] ? '1' : '0')).join('');
}
