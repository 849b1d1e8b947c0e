// node blogger.cjs QUESTION ANSWER: calls of Google's client for Blogger, one after another.
// question: {root, calls: [[method, parameters]]}; POST as a value becomes the id in the first answer
// answer: [{status, data}], also of refused calls
const fs = require('node:fs');
const { auth, blogger } = require('@googleapis/blogger');

const [asked, answered] = process.argv.slice(2);
const { root, calls } = JSON.parse(fs.readFileSync(asked, 'utf8'));
const signIn = new auth.OAuth2({
  clientId: 'sandbox',
  clientSecret: 'sandbox',
  endpoints: { oauth2TokenUrl: `${root}token` },
});
signIn.setCredentials({ refresh_token: 'sandbox' });
const api = blogger({ version: 'v3', auth: signIn, rootUrl: root });

async function main() {
  const answers = [];
  for (const [name, parameters] of calls) {
    const [resource, method] = name.split('.');
    const given = Object.entries(parameters).map(([key, value]) => [key, value === 'POST' ? answers[0].data.id : value]);
    const { status, data } = await api[resource][method](Object.fromEntries(given)).catch((error) => error.response);
    answers.push({ status, data });
  }
  fs.writeFileSync(answered, JSON.stringify(answers));
}

main();
