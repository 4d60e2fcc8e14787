// Knows, while gradients are computed, which call they are the gradient of: tfjs's own gradient
// functions have no line of ours in their trail.

import {tf} from './tf';

type TapeNode = {gradient?: (dys: unknown) => unknown};

/** The members of tfjs's engine that its types keep private. */
type Engine = {
  state: {activeTape: TapeNode[]};
  addTapeNode(...args: unknown[]): void;
  gradients(...args: unknown[]): unknown;
};

export interface Watched {
  /** The trail of the call whose gradient is being computed; undefined outside a pass backward. */
  call(): Error | undefined;
  /** Ends the watch. */
  release(): void;
}

/** Watches the gradient tape until it is released. One watch at a time. */
export function watchTape(): Watched {
  // both methods are private in tfjs's types
  const engine = tf.engine() as unknown as Engine;
  const {addTapeNode, gradients} = engine;
  let current: Error | undefined;
  engine.addTapeNode = (...args) => {
    addTapeNode.apply(engine, args);
    const node = engine.state.activeTape.at(-1)!;
    const {gradient} = node;
    const at = new Error();
    // what it returns is called next, and their sums come right after
    if (gradient) node.gradient = dys => ((current = at), gradient(dys));
  };
  engine.gradients = (...args) => {
    const outer = current;
    try {
      return gradients.apply(engine, args);
    } finally {
      current = outer;
    }
  };
  return {
    call: () => current,
    release() {
      // the class has its own
      for (const name of ['addTapeNode', 'gradients']) Reflect.deleteProperty(engine, name);
    },
  };
}
