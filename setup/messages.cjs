// A kernel's outputs go out in the order and at the moment in which they are written.
// zeromq 6 puts off every 513th message until the event loop turns, and throws "Socket is busy
// writing" at another one before that; tslab 1.0.22 expects every message to be gone. So a cell
// with many outputs (a bar of progress, ten a second) failed now and then at its last ones, without
// a word: the error went the same way.
'use strict';

/**
 * From now on a publisher sends at once: with a timeout of 0 nothing is put off. Call it once,
 * before tslab's main program.
 */
function sendAtOnce() {
  const zeromq = require('zeromq');
  zeromq.Publisher = class extends zeromq.Publisher {
    /** @param {object} [options] */
    constructor(options) {
      super({...options, sendTimeout: 0});
    }
  };
}

module.exports = {sendAtOnce};
