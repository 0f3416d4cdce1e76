// The link that brings the trained state with it, where it fits; taken when the dialog opens, so that it stands still.
import { useState } from 'react';
import { MAX_LINK_LENGTH } from '../../experiment/codec.ts';
import { linkedOptions } from '../../state/page-store.ts';
import { shownTraining } from '../../state/share-shown.ts';
import { encodeTrainedLink, type TrainedLink } from '../../state/share-trained.ts';
import type { AppStores } from '../../state/store-types.ts';
import { groupThousands } from '../../words/numbers.ts';
import { shareWords as words } from '../../words/share.ts';
import { labelOf } from '../labels.ts';
import { useStores } from '../stores-context.ts';
import { CopyField } from './CopyField.tsx';
import { pageAddress } from './page-address.ts';

function takeLink(stores: AppStores): TrainedLink {
  const training = shownTraining(stores);
  if (training === null) return { kind: 'nothing' };
  const { experiment } = stores.current.getState();
  return encodeTrainedLink(experiment, linkedOptions(stores.page.getState()), training.state, training.focus);
}

const count = (value: number) => groupThousands(value);

export function TrainedSection() {
  const stores = useStores();
  const [link] = useState(() => takeLink(stores));
  return (
    <section aria-labelledby="share-trained">
      <h3 id="share-trained">{words.trainedHead}</h3>
      {link.kind === 'link' ? (
        <>
          <p>
            {words.trainedAbout(
              link.algorithms.map((id) => labelOf(id)),
              count(link.iteration),
              count(link.parameters),
            )}
            {link.isAlone ? ` ${words.trainedOnly(labelOf(link.algorithms[0]!))}` : null}
          </p>
          <CopyField
            name={words.trainedField}
            text={`${pageAddress()}${link.fragment}`}
            label={words.copyTrained}
            rows={2}
            quiet={words.characters(pageAddress().length + link.fragment.length)}
          />
        </>
      ) : null}
      {link.kind === 'nothing' ? <p className="quiet">{words.trainedNothing}</p> : null}
      {link.kind === 'not-yet' ? <p className="quiet">{words.trainedNotYet}</p> : null}
      {link.kind === 'too-large' ? (
        <p>{words.trainedTooLarge(count(link.characters), count(MAX_LINK_LENGTH))}</p>
      ) : null}
    </section>
  );
}
