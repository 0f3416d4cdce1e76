// The Navigation lab's page beside the settings: arenas with pseudocode, instruments; and its transport. Where each lies
// is CSS (styles/shell.css, and navigation.css, which comes with the lab).
import { policyAlgorithmById } from '../algorithms/meta-rl/policy-algorithms.ts';
import { ArenasStage } from './navigation/ArenasStage.tsx';
import { NavigationInstruments } from './navigation/NavigationInstruments.tsx';
import { useGridPause } from './navigation/use-grid-pause.ts';
import { useNavigation, useNavigationExperiment } from './navigation/use-navigation.ts';
import { PolicyLabProvider } from './policy/PolicyLabProvider.tsx';
import { PseudocodePanel } from './pseudocode/PseudocodePanel.tsx';
import { AfterStage } from './shell/AfterPaint.tsx';
import { NoticeStrip } from './shell/NoticeStrip.tsx';
import { OpenedRunLine } from './shell/OpenedRunLine.tsx';
import { StatusRegion } from './shell/StatusRegion.tsx';
import { Transport as TransportBar } from './transport/Transport.tsx';
import './styles/navigation.css';

function Pseudocode() {
  const experiment = useNavigationExperiment((now) => now);
  return <PseudocodePanel folds linesOf={(id) => policyAlgorithmById(id).pseudocode(experiment)} />;
}

export function Body() {
  useGridPause();
  return (
    <PolicyLabProvider stores={useNavigation()}>
      <div className="stage-column" id="stage" tabIndex={-1}>
        <NoticeStrip />
        <OpenedRunLine />
        <ArenasStage />
        <Pseudocode />
      </div>
      <AfterStage>
        <NavigationInstruments />
      </AfterStage>
    </PolicyLabProvider>
  );
}

export function Transport() {
  return (
    <PolicyLabProvider stores={useNavigation()}>
      <TransportBar />
      <StatusRegion />
    </PolicyLabProvider>
  );
}
