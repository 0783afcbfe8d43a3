import fs from 'node:fs';
import { NodeFS } from '@electric-sql/pglite/nodefs';

type InitParameters = Parameters<NodeFS['init']>;
type InitResult = Awaited<ReturnType<NodeFS['init']>>;

/** The internals of emscripten's NODEFS that the fsync hook needs; @electric-sql/pglite is pinned for them. */
interface NodeFsModule {
  readonly NODEFS: {
    realPath(node: unknown): string;
    stream_ops: { fsync?: (stream: { readonly nfd?: number; readonly node: unknown }) => number };
  };
}

/** NODEFS with a real fsync: without it emscripten answers every fsync with success and does nothing. */
export class DurableNodeFs extends NodeFS {
  override async init(...parameters: InitParameters): Promise<InitResult> {
    const result = await super.init(...parameters);
    const options = result.emscriptenOpts;
    options.preRun = [...(options.preRun ?? []), (module) => installFsync(module as unknown as NodeFsModule)];
    return result;
  }
}

function installFsync(module: NodeFsModule): void {
  module.NODEFS.stream_ops.fsync = (stream) => {
    const own = stream.nfd === undefined;
    const fd = stream.nfd ?? fs.openSync(module.NODEFS.realPath(stream.node), 'r');
    try {
      fs.fsyncSync(fd);
    } finally {
      if (own) fs.closeSync(fd);
    }
    return 0;
  };
}
