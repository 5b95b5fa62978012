// Drives the npm package netsuite-rest by its public methods: one JSON object a line each way, as talking.py does.
"use strict";
const path = require("node:path");
const readline = require("node:readline");
const Client = require(path.resolve(process.argv[2], "netsuite-rest"));

let client;
const calls = {
  sign_in: async (options) => void (client = new Client(options)),
  request: async (options) => {
    const { statusCode, data } = await client.request(options);
    return { statusCode, data };
  },
};

async function answer(line) {
  const { call, arguments: given } = JSON.parse(line);
  try {
    return { value: await calls[call](given) };
  } catch (error) {
    return { error: error.name, text: `${error.message} ${error.response ? error.response.body : ""}` };
  }
}

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(await answer(line))}\n`);
  }
})();
