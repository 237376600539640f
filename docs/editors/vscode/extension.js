// Starts `amtsweg lsp` for files that end in .amt.
const vscode = require('vscode');
const { LanguageClient, RevealOutputChannelOn } = require('vscode-languageclient/node');

let client;

/** What is said when the program cannot be started, in the language of the editor. */
function missing(program) {
  return vscode.env.language.startsWith('de')
    ? `Das Programm ${program} lässt sich nicht starten. In den Einstellungen steht bei „Amtsweg: Program“, wo es liegt.`
    : `The program ${program} cannot be started. The setting “Amtsweg: Program” says where it is.`;
}

async function start() {
  const program = vscode.workspace.getConfiguration('amtsweg').get('program') || 'amtsweg';
  const run = { command: program, args: ['lsp', '--stdio'] };
  client = new LanguageClient('amtsweg', 'Amtsweg', { run, debug: run }, {
    documentSelector: ['file', 'untitled'].map((scheme) => ({ scheme, language: 'amtsweg' })),
    // Behind “Art: ” the editor asks at once what can stand there.
    initializationOptions: { suggest: 'editor.action.triggerSuggest' },
    revealOutputChannelOn: RevealOutputChannelOn.Never,
  });
  try {
    await client.start();
  } catch {
    client = undefined;
    const settings = vscode.env.language.startsWith('de') ? 'Einstellungen' : 'Settings';
    if (await vscode.window.showErrorMessage(missing(program), settings)) {
      await vscode.commands.executeCommand('workbench.action.openSettings', 'amtsweg.program');
    }
  }
}

async function stop() {
  const running = client;
  client = undefined;
  await running?.stop();
}

async function restart() {
  await stop();
  await start();
}

exports.activate = async function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand('amtsweg.restart', restart),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration('amtsweg.program')) await restart();
    }),
  );
  await start();
};

exports.deactivate = stop;
