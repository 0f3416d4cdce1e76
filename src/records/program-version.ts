// The version of this program, as kept runs name it. A test holds it to package.json, which the page cannot read.

export const PROGRAM_VERSION = '0.1.0';
