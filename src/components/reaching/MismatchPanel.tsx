// The mismatch story ([RMAML] Fig. 2) on the experiment on the screen: training samples more than the test asks for,
// UNIFORM (as MAML) is pulled off the goal by it, MEDIUM (as RMAML) less so, until noise is too near or too much.
import { agentPlace } from '../../charts/reaching-agents.ts';
import {
  describeMismatch,
  layoutMismatch,
  type MismatchData,
  tableMismatch,
} from '../../charts/reaching-mismatch.ts';
import { formatValue } from '../../charts/scales.ts';
import { STRATEGIES } from '../../experiment/experiment.ts';
import type { AppStores } from '../../state/store-types.ts';
import { reachingWords as words } from '../../words/reaching.ts';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { useReachingExperiment, useStores } from '../stores-context.ts';
import { StorySlider } from './StorySlider.tsx';

function readMismatch({ reachingData: data }: AppStores): MismatchData {
  const agents = data.runs
    .filter(({ strategy }) => strategy === 'uniform' || strategy === 'medium')
    // Where they end, so that the sliders answer at once, wherever the playhead stands.
    .map((run) => ({ strategy: run.strategy, ...agentPlace(run, run.iterations, 0) }));
  return { experiment: data.experiment, agents };
}

export function MismatchPanel() {
  const stores = useStores();
  const isWhole = useReachingExperiment(
    ({ experiment: { strategies } }) => strategies.includes('uniform') && strategies.includes('medium'),
  );
  return (
    <ChartPanel
      title={words.mismatch}
      heading={<h2 className="visually-hidden">{words.mismatch}</h2>}
      restMs={60}
      controls={
        <div className="story-controls">
          <StorySlider
            field="noiseShare"
            label={words.noiseShare}
            min={0}
            max={0.95}
            step={0.01}
            format={(value) => `${Math.round(100 * value)} %`}
          />
          <StorySlider
            field="noiseDistance"
            label={words.noiseDistance}
            min={0.5}
            max={10}
            step={0.1}
            format={formatValue}
          />
          <p className="panel-message">
            {isWhole ? (
              words.mismatchAbout
            ) : (
              <>
                {words.mismatchNeeds}{' '}
                <button
                  type="button"
                  className="plain small"
                  onClick={() => {
                    const { experiment, edit } = stores.reachingExperiment.getState();
                    edit({
                      strategies: STRATEGIES.filter(
                        (id) => id === 'uniform' || id === 'medium' || experiment.strategies.includes(id),
                      ),
                    });
                  }}
                >
                  {words.letBothRun}
                </button>
              </>
            )}
          </p>
        </div>
      }
      layout={(view) => layoutMismatch(readMismatch(stores), view)}
      summary={() => describeMismatch(readMismatch(stores))}
      table={() => tableMismatch(readMismatch(stores))}
    />
  );
}
