// For tests: the meta-RL labs' training loop behind a MessageChannel in Node, on a tiny experiment and the float64
// crew, which can be slowed down or made to throw.
import type { PolicyCrew } from '../algorithms/meta-rl/crew.ts';
import type { NavigationExperiment } from '../experiment/navigation-experiment.ts';
import type { NavigationTask } from '../tasks/navigation.ts';
import type { PolicyTask } from '../tasks/policy-environments.ts';
import { referenceCrew } from '../training/policy-session.testing.ts';
import { createPolicySession, type PolicySessionOptions } from '../training/policy-session.ts';
import type {
  NavigationKinds,
  PolicyKinds,
  TrainablePolicyExperiment,
} from '../training/policy-session-events.ts';
import type { SessionKinds, SessionOf } from '../training/session-kinds.ts';
import { createEnginePool } from './engine-pool.ts';
import { createMacrotaskYield } from './macrotask.ts';
import { policyDriving, policyRaceRules } from './policy-driving.ts';
import { createPortWorker, type PortWorker } from './port-worker.testing.ts';

export interface CrewFaults {
  /** Time that each request takes, in ms. */
  readonly slowMs?: number;
  /** Called before the n-th request (from 1); what it throws is the crew's failure. */
  readonly beforeCall?: (call: number) => void;
}

export interface FakePolicyWorker<K extends SessionKinds> extends PortWorker<K> {
  /** Requests begun. */
  readonly calls: () => number;
  readonly isTerminated: () => boolean;
}

export type FakeNavigationWorker = FakePolicyWorker<NavigationKinds>;

const clock = () => performance.now();

export function createFakeNavigationWorker(faults: CrewFaults = {}): FakeNavigationWorker {
  return createFakePolicyWorker<NavigationExperiment, NavigationTask>(createPolicySession, faults);
}

/** Of any meta-RL lab; `createSession` is createPolicySession, which this way knows the lab. */
export function createFakePolicyWorker<E extends TrainablePolicyExperiment, T extends PolicyTask>(
  createSession: (
    experiment: E,
    crew: PolicyCrew,
    options: PolicySessionOptions,
  ) => SessionOf<PolicyKinds<E, T>>,
  faults: CrewFaults = {},
): FakePolicyWorker<PolicyKinds<E, T>> {
  const crew = createFaultyCrew(faults);
  let isTerminated = false;
  const worker = createPortWorker<PolicyKinds<E, T>>({
    lab: policyDriving(),
    clock,
    engines: createEnginePool<PolicyKinds<E, T>>({
      entries: [
        {
          id: 'reference',
          beatenBy: [],
          probe: async () => ({ kind: 'available', detail: 'test', isSoftware: false }),
          open: async () => crew.crew,
        },
      ],
      rules: policyRaceRules((experiment, used) =>
        createSession(experiment, used, { clock, evaluationTasks: 0 }),
      ),
      clock,
    }),
    createSession: (experiment, used, resume) =>
      createSession(experiment, used, { clock, resume, evaluationTasks: 4 }),
    yieldMacrotask: createMacrotaskYield(),
  });
  return {
    ...worker,
    terminate() {
      isTerminated = true;
      worker.terminate();
    },
    calls: crew.calls,
    isTerminated: () => isTerminated,
  };
}

function createFaultyCrew({ slowMs = 0, beforeCall }: CrewFaults) {
  const reference = referenceCrew();
  let calls = 0;
  const crew: PolicyCrew = {
    ...reference,
    async adapt(request) {
      calls += 1;
      beforeCall?.(calls);
      if (slowMs > 0) await new Promise((resolve) => setTimeout(resolve, slowMs));
      return reference.adapt(request);
    },
  };
  return { crew, calls: () => calls };
}
