// A button that has the user choose a JSON file; the browser's own control stays out of sight.
import { useRef } from 'react';

interface FilePickerProps {
  readonly label: string;
  onPick(file: File): void;
}

export function FilePicker({ label, onPick }: FilePickerProps) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" onClick={() => picker.current?.click()}>
        {label}
      </button>
      <input
        ref={picker}
        type="file"
        hidden
        accept=".json,application/json"
        aria-label={label}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          // The same file may be chosen again.
          target.value = '';
          if (file !== undefined) onPick(file);
        }}
      />
    </>
  );
}
