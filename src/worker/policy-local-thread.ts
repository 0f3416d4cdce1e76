// The only "thread" of a meta-RL pool where there are no others to be had (one core, or workers that cannot start
// workers): a helper in this very thread, which lets messages in after every share.
import { createPolicyHelper, type FromPolicyHelper, type PolicyHelperOptions } from './policy-helper.ts';
import type { PolicyHelperHandle } from './policy-thread.ts';

/** Not to be had: `post`, which is its own affair. */
export function createLocalThread(options: Required<Omit<PolicyHelperOptions, 'post'>>): PolicyHelperHandle {
  let hear: (message: FromPolicyHelper) => void = () => {};
  let isOver = false;
  const helper = createPolicyHelper({
    ...options,
    // Never within the call that asked.
    post: (message) => queueMicrotask(() => isOver || hear(message)),
  });
  return {
    post: (message) => helper.receive(message),
    listen(onMessage) {
      hear = onMessage;
    },
    terminate() {
      isOver = true;
      helper.stop();
    },
  };
}
