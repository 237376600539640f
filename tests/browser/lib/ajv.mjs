// A third opinion on schemas, line by line: {"schema": …} is compiled and answered with "ready",
// {"answers": …} with "1" or "0". Written for dsl/tests/schema/third.rs.
import { createInterface } from 'node:readline';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

let validate;
for await (const line of createInterface({ input: process.stdin })) {
  const said = JSON.parse(line);
  if ('schema' in said) {
    const ajv = new Ajv2020({ strict: false, logger: false });
    addFormats(ajv);
    validate = ajv.compile(said.schema);
    process.stdout.write('ready\n');
  } else {
    process.stdout.write(validate(said.answers) ? '1\n' : '0\n');
  }
}
