// A new skill that is valid and runs as it stands: three files, to be changed in place.
export interface Scaffold {
  readonly skill: string;
  readonly phrases: string;
  readonly test: string;
}

export function toScaffold(name: string): Scaffold {
  const title = name.replaceAll(/[_-]/g, " ");
  return {
    skill: `# What it does, in a few words; people see this when a sentence is understood.
description: { ru: "Новый навык: ${title}", en: "A new skill: ${title}" }
# What it needs. Found in the sentence, or asked for.
input:
  amount: { type: number, above: 0, ask: { ru: "Сколько?", en: "How many?" } }
steps:
  - id: sums
    set:
      doubled: "\${{ input.amount * 2 }}"
output:
  doubled: "\${{ sums.doubled }}"
answer: { ru: "Вдвое больше: \${{ output.doubled }}", en: "Twice as much: \${{ output.doubled }}" }
`,
    phrases: `# How people ask for it: ten or more in each language make it easy to find.
ru:
  - ${title} 5
  - посчитай ${title} для 12
  - сколько будет ${title}, если 30
en:
  - ${title} 5
  - work out ${title} for 12
  - what is ${title} of 30
`,
    test: `cases:
  - name: twice as much
    input: { amount: 21 }
    locale: en
    expect: { status: succeeded, result: { doubled: 42 }, answer: "Twice as much: 42", writes: 0 }
  - name: the amount is asked for
    query: ${title}
    expect: { status: needs_input, missing: [amount] }
`,
  };
}
