// node markup.cjs QUESTION ANSWER: what html-validate says about whole pages.
// question: {pages: [html]} · answer: [[`rule: message (line:column)`]], one list per page
const fs = require('node:fs');
const { HtmlValidate, StaticConfigLoader } = require('html-validate');

async function main() {
  const [asked, answered] = process.argv.slice(2);
  const { pages } = JSON.parse(fs.readFileSync(asked, 'utf8'));
  const validator = new HtmlValidate(new StaticConfigLoader({ extends: ['html-validate:standard'] }));
  const answers = [];
  for (const page of pages) {
    const report = await validator.validateString(page);
    const messages = report.results.flatMap((result) => result.messages);
    answers.push(messages.map(({ ruleId, message, line, column }) => `${ruleId}: ${message} (${line}:${column})`));
  }
  fs.writeFileSync(answered, JSON.stringify(answers));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
