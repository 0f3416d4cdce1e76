// An engine that stands for another, which may be exchanged between two of its calls: a session goes on without
// noticing. Calls in flight end on the engine that they began on. It owns neither engine.
import type { MetaGradientEngine } from '../gradients/meta-gradient.ts';
import type { StandIn } from './driven-lab.ts';

type Writable = { -readonly [Key in keyof MetaGradientEngine]: MetaGradientEngine[Key] };

export class SwitchableEngine implements StandIn<MetaGradientEngine> {
  readonly #view: Writable = {
    id: 'reference',
    metaGradient: refuse,
    adapt: refuse,
    dispose() {},
  };

  /** Give this to a session; its calls reject until `use` has named an engine. */
  get engine(): MetaGradientEngine {
    return this.#view;
  }

  /** From the next call on, `next` computes. */
  use(next: MetaGradientEngine): void {
    const view = this.#view;
    view.id = next.id;
    view.metaGradient = (request) => next.metaGradient(request);
    view.adapt = (request) => next.adapt(request);
    const { unsupported, train } = next;
    if (unsupported === undefined) delete view.unsupported;
    else view.unsupported = (limits) => unsupported.call(next, limits);
    if (train === undefined) delete view.train;
    else view.train = (request) => train.call(next, request);
  }
}

function refuse(): Promise<never> {
  return Promise.reject(new Error('No engine has been chosen yet. Call use() first.'));
}
