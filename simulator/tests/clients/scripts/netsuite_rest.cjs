// Drives the npm package netsuite-rest by its public methods.
"use strict";
const path = require("node:path");
const { talk } = require("./talking.cjs");
const Client = require(path.resolve(process.argv[2], "netsuite-rest"));

let client;

talk({
  sign_in: async (options) => void (client = new Client(options)),
  request: async (options) => {
    const { statusCode, data } = await client.request(options);
    return { statusCode, data };
  },
});
