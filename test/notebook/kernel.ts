// Stands in for tslab: catches what cells would put out.

export type Message = {
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
  transient: {display_id?: string};
  update: boolean;
};

const jupyter = require('tslab/dist/jupyter') as {lastWriteDisplayData: unknown};
const place = globalThis as {__tslab__?: unknown};

/** All that `work` puts out under a kernel. */
export async function inKernel(work: () => Promise<unknown>): Promise<Message[]> {
  const messages: Message[] = [];
  place.__tslab__ = {};
  jupyter.lastWriteDisplayData = (content: Omit<Message, 'update'>, update: boolean) =>
    messages.push(structuredClone({...content, update}));
  try {
    await work();
  } finally {
    delete place.__tslab__;
    jupyter.lastWriteDisplayData = null;
  }
  return messages;
}

/** All that `work` writes to the terminal. */
export async function onTerminal(work: () => Promise<unknown>): Promise<string> {
  const {log} = console;
  const lines: string[] = [];
  console.log = (line: string) => void lines.push(line);
  try {
    await work();
  } finally {
    console.log = log;
  }
  return lines.join('\n');
}
