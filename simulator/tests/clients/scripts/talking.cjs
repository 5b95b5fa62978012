// What talking.py is for Python: hears which call to make, makes it, says what came of it. One JSON object a line each way.
"use strict";
const readline = require("node:readline");

async function answered(calls, line) {
  const { call, arguments: given } = JSON.parse(line);
  try {
    return { value: await calls[call](given) };
  } catch (error) {
    return { error: error.name, text: `${error.message} ${error.response ? error.response.body : ""}` };
  }
}

exports.talk = async (calls) => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(await answered(calls, line))}\n`);
  }
};
