// Plays every story, and prints how each ended (why it failed, or null) and which methods there are and were called.
import { called, methods } from "./recorded.mjs";

const files = ["accounts", "sign_ins", "devices", "own_things", "the_rest"];
const modules = await Promise.all(files.map((name) => import(`./stories_of_${name}.mjs`)));

async function ended(story) {
  try {
    await story();
    return [story.name, null];
  } catch (error) {
    const told = error.response ? `\n${JSON.stringify(error.response.data)}` : "";
    return [story.name, `${error.stack}${told}`];
  }
}

const stories = Object.fromEntries(await Promise.all(modules.flatMap((each) => each.stories.map(ended))));
const told = JSON.stringify({ stories, methods, called: [...called] });
process.stdout.write(told, () => process.exit()); // the SDK keeps its WebSocket open
