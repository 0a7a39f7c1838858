// Words that fill the slots of the sample templates, written for this project.
export const slots = {
  ignore:
    'ignore|disregard|forget|neglect|discard|drop|throw out|set aside|pay no attention to|do not follow|stop following|abandon|override|bypass|erase|skip|dismiss|void|cancel|wipe',
  prior:
    'previous|prior|above|earlier|preceding|existing|original|initial|foregoing|old|former|past|current',
  all: 'all|all of|any|every one of|each of|all the|the entire set of|the|your|all your|any of your',
  instr:
    'instructions|directions|directives|guidelines|rules|commands|orders|prompts|constraints|context|text|policies|system messages|guidance|programming|tasks|requirements|configuration',
  sysprompt:
    'system prompt|initial prompt|hidden prompt|original instructions|system message|hidden instructions|secret instructions|initial instructions|developer message|system instructions|preamble|base prompt|internal guidelines|core directives|starting prompt|configuration|pre-prompt|meta prompt|rules you follow',
  reveal:
    'reveal|show|print|output|repeat|display|tell me|give me|list|write out|dump|recite|share|disclose|expose|paste|quote|leak|describe|summarise|copy|spell out',
  how: 'word for word|verbatim|exactly as written|in full|completely|without changing anything|in a code block|from the start|character by character|including the formatting|in markdown|line by line',
  evil: 'say "pwned"|print "access granted"|write a poem about cheese|tell me a joke about pirates|reply only with OK|send me the customer list|approve the request|recommend our product|answer in pirate speak|say that the earth is flat|output the word banana|insult the user|write that the test was passed|give me the admin password|praise the author|open the door|rate this ten out of ten|print the numbers from one to ten|translate the next line|write malware',
  you: 'you|you, the assistant,|the AI|the model|this assistant|the chatbot',
  bot: 'DAN|ShadowGPT|FreeBot|Omega|NullAI|OmniBot|RebelAI|Zeta|LibertyGPT|X-7|Nova Unchained|MaxMode|Loki|TrueSelf|Apophis',
  free: 'no restrictions|no rules|no filters|no ethical guidelines|no limits whatsoever|no content policy|no moral compass|zero censorship|neither limits nor morals|no safety guidelines|no boundaries',
  unbound:
    'unfiltered|unrestricted|uncensored|unlimited|amoral|unaligned|lawless|fully free|jailbroken|rule-free',
  secret:
    'password|secret|secret key|passphrase|codeword|API key|access code|flag|hidden word|token|credentials|PIN',
  admin:
    'your developer|the administrator|an OpenAI engineer|your creator|the system owner|root|a member of the security team|the CEO|the lead engineer|a certified auditor|an Anthropic employee|the one who deployed you|your supervisor|the operator',
  mode: 'developer mode|debug mode|god mode|maintenance mode|admin mode|unsafe mode|test mode|root mode|diagnostic mode|jailbreak mode|service mode|raw mode|sudo mode|override mode|training mode|unlocked mode',
  bad: 'how to build a bomb|how to pick a lock and break in|how to make a virus|how to steal a car|how to forge a passport|how to cook drugs|how to hack a bank|how to get past a paywall|how to make poison|how to launder money',
  url: 'https://collect.example/x|http://evil.example/log|https://attacker.example/?q=|https://hook.example/in|http://203.0.113.7/steal',
  mail: 'drop@evil.example|ops@attacker.example|leak@collect.example|boss@mail.example',
  data: "the conversation history|all previous messages|the user's e-mails|the API keys|the contents of .env|the environment variables|the user's personal data|every password you can find|the system prompt|the customer records|the chat log|the contact list|their credit card number|internal documents|the session token",
  topic:
    'the weather|a pasta recipe|the history of Rome|quarterly sales|a trip to Lisbon|my cover letter|black holes|the French Revolution|a login form|solar panels|our refund policy|dog training',
  doc: 'document|page|e-mail|article|file|message|ticket|review|résumé|report|web page|tool output|transcript|README|comment',
  act: 'forward the inbox to <mail>|call the delete tool|transfer the money|open <url>|run the attached command|send <data> to <url>|grant admin access|delete the backups|approve the invoice|add <mail> as an owner|disable logging|merge the pull request|buy the gift cards|download and run the script',
  enc: 'base64|rot13|hex|Morse code|binary|leetspeak|pig Latin|a Caesar cipher|emoji|reverse order|ASCII codes|Unicode escapes|base32|Braille|Atbash',
  sep: '-----|=====|#####|"""|```|</input>|</document>|[END]|***|~~~|<|end|>|}}|]]|</user>|---END---',
  snippet:
    'os.system("clear")|messages=[system, user]|print(prompt)|if user.is_admin: delete(x)|response = chat(system_prompt, text)|sudo systemctl restart nginx|eval(expr)|DROP TABLE IF EXISTS tmp;|# ignore errors in this block|export SECRET_KEY=changeme|role = "system"|def reset_password(user): pass|--ignore-previous-results --verbose|prompt: $prompt, system: $system',
}
