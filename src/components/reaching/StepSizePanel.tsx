// The learning-rate panel ([RMAML] Fig. 1B): adapting to one task with too small, right and too large an α. The slider
// is the experiment's own α, which the agents on the stage then use too.
import {
  describeStepSize,
  judgeStepSize,
  layoutStepSize,
  type StepSizeData,
  tableStepSize,
} from '../../charts/reaching-step-size.ts';
import { formatValue } from '../../charts/scales.ts';
import type { ReachingExperiment } from '../../experiment/reaching-experiment.ts';
import { reachingWords as words } from '../../words/reaching.ts';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { useStores } from '../stores-context.ts';
import { StorySlider } from './StorySlider.tsx';

const STEPS = 5;
/** One α of each kind; the experiment's own takes the place of the one of its kind. */
const ALPHAS = [0.1, 0.5, 1.9] as const;

export function stepSizeData(e: ReachingExperiment): StepSizeData {
  const own = e.innerLearningRate;
  const isSame = (alpha: number) => judgeStepSize(alpha, STEPS) === judgeStepSize(own, STEPS);
  const alphas = own === 0 ? ALPHAS : ALPHAS.map((alpha) => (isSame(alpha) ? own : alpha));
  const distance = Math.hypot(e.startX - e.mainX, e.startY - e.mainY);
  return { distance: distance || 1, steps: STEPS, alphas, current: own === 0 ? null : own };
}

export function StepSizePanel() {
  const { reachingData } = useStores();
  const read = () => stepSizeData(reachingData.experiment);
  return (
    <ChartPanel
      title={words.stepSize}
      heading={<h2 className="visually-hidden">{words.stepSize}</h2>}
      controls={
        <div className="story-controls">
          <StorySlider
            field="innerLearningRate"
            label={words.agentsAlpha}
            min={0}
            max={2}
            step={0.05}
            format={(value) => (value === 0 ? words.noAlpha : formatValue(value))}
          />
          <p className="panel-message">{words.stepSizeAbout(STEPS)}</p>
        </div>
      }
      layout={(view) => layoutStepSize(read(), view)}
      summary={() => describeStepSize(read())}
      table={() => tableStepSize(read())}
    />
  );
}
