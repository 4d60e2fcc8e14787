// The order of lib's rooms, from the ground up: a room imports only what lies on floors below its
// own. The table in CONTRIBUTING.md is written from this one.

export interface Floor {
  rooms: readonly string[];
  /** What the rooms are for, in a line. */
  text: string;
}

export const floors: readonly Floor[] = [
  {
    rooms: ['check', 'interrupt', 'json', 'macrotask', 'mean', 'package', 'percent', 'preset', 'root', 'writeWhole'],
    text: 'one-line errors, interrupts, files that appear whole',
  },
  {
    rooms: ['engine'],
    text: "TensorFlow's library, graphs of a step, random keys, trees of tensors; no other room loads it",
  },
  {rooms: ['module', 'schedules'], text: 'the types that all rooms share: modules, methods, sources'},
  {rooms: ['masks'], text: 'which patches are hidden'},
  {rooms: ['scenes'], text: 'a small renderer: scenes as plain data, drawn with exact depth, normals and masks'},
  {rooms: ['datasets'], text: 'images and labels, and the files that they come from'},
  {rooms: ['views'], text: 'image to image; sources of batches; recipes of papers'},
  {rooms: ['layers'], text: 'parts of networks'},
  {rooms: ['losses'], text: 'what is minimized'},
  {rooms: ['backbones'], text: 'encoders'},
  {rooms: ['methods'], text: 'a paper a file'},
  {rooms: ['embedding'], text: 'an encoder over images'},
  {rooms: ['training'], text: 'one loop, optimizers, checkpoints, runs'},
  {rooms: ['evaluation'], text: 'k-NN, linear probe, fine-tuning'},
  {rooms: ['analysis'], text: 'what features and losses are like'},
  {rooms: ['information'], text: 'mutual information and its estimators'},
  {rooms: ['study'], text: 'what all studies share: rows, jobs, runs measured'},
  {rooms: ['figures'], text: 'rows to plain plotly objects, and their export; knows no study'},
  {rooms: ['studies', 'trials'], text: 'a folder a study; small trainings that keep no runs'},
  {rooms: ['notebook'], text: 'the only room that knows the kernel'},
  {rooms: ['index', 'parts'], text: 'what `ssl-workbench` and `ssl-workbench/parts` export'},
];
