// NODE_PATH names the folder of the packages, which lie outside this project: see simulator/tests/clients/test_suitescript.py.
const path = require('path');
const SuiteCloud = require('@oracle/suitecloud-unit-testing/jest-configuration/SuiteCloudJestConfiguration');

const packages = path.dirname(process.env.NODE_PATH);
const stubs = SuiteCloud.build({ projectFolder: 'src', projectType: SuiteCloud.ProjectType.ACP, rootDir: packages });

module.exports = { ...stubs, roots: [path.join(__dirname, 'test')], modulePaths: [process.env.NODE_PATH] };
