// Launches tslab, the TypeScript kernel of a notebook, in the project's folder, so that cells
// import the project by name. It alone listens to SIGINT: a listener in a cell or in the library
// would kill the kernel. Training subscribes to the bus instead.
'use strict';

const {EventEmitter} = require('node:events');
const path = require('node:path');
const {mendCells} = require('./cells.cjs');
const {sendAtOnce} = require('./messages.cjs');

process.env.NOTEBOOK_DIR = process.cwd();
process.chdir(path.join(__dirname, '..'));
const bus = new EventEmitter().setMaxListeners(0);
Reflect.set(globalThis, Symbol.for('ssl-workbench.interrupt'), bus);
process.on('SIGINT', () => bus.emit('interrupt'));
process.setSourceMapsEnabled(true); // errors and profiles name the library's files, not its bundle
mendCells();
sendAtOnce();
require('tslab/dist/main.js').main();
