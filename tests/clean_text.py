"""Ordinary entries in which nobody of the register stands, though many of its names are words in them."""

import random

_SENTENCES = """
Will you come to the retro on Thursday? I asked because I never ask.
In May we hire again, and it will be my turn to read the letters.
May I say something, she asked, and nobody looked up.
The meeting ran long, and the price was that two people left without a word.
Mark my words, I said, and then I had no words left.
We agreed on a grace period until the end of May.
I hope it helps. Hope is not a plan, but it is a start.
It takes a long time to unlearn the habit of finishing other people's sentences.
The art of listening is to want to know. Art takes time.
He rose from his chair and left; the sun rose and we were still talking.
What price do I pay when I speak up? What price do they pay when I do not?
Young people in the team are asked last. The young engineer was asked last again.
Long meetings wear me out, and I will say so next week.
Mark the date: 12 May, the day the new rota starts.
I may have been wrong. It may be that I was tired.
Grace costs nothing, my grandmother used to say.
By the end of May 2026 the price of the tickets had doubled.
I read about rose gardens at lunch and thought about who tends them.
Nobody in the room will say it, so I will.
We left the art on the wall, though it shows only men.
I will ask before I assume. I will wait for the answer.
A long silence. Then somebody said what everyone was thinking.
How long has this been going on? Too long, was the answer.
Price it as you would for anybody else, I wrote in the review.
Will this change anything? It may. It may not.
Rose petals on the desk, a card, and not one word about the pay gap.
On the train I wrote a list of the people I interrupt.
The budget went to the loudest voice again, and I was that voice.
I mark the places in my notes where I guessed instead of asking.
My hope for this quarter is to give the floor away twice a week.
The area manager spoke for an hour about mania and marine life, of all things.
I made a joke about the north and saw it land badly.
She is young at heart, they said, as if that were praise.
Tomorrow I will bring it up with the whole team, calmly.
The marina was closed, so we talked in the cafe by the door.
A mountain of papers on my desk, and I answered the one that was easy.
The donation went through, and the don at the college thanked us.
Please, no more puzzles about ducks and cranes in the interview.
I jotted it down, joined the call, and enjoyed being wrong for once.
An angry email is a long way from an honest one.
We sang in the corridor, and the new intern laughed.
They were discussing the bear market while I thought about bread.
There is no price on trust, and no mark for it in the form.
Grace under pressure is what they call it when somebody swallows an insult.
I will hold the door, then the pen, then my tongue.
It was a hard week; may the next be kinder.
Hope springs up where people are heard.
The word crusade came up, and cruel, and crude, and I asked what was meant.
What I assumed about her evenings was a story I had made up.
Lunch with the night shift. Long overdue.
A rise in salary for all but two, and the two were the ones on leave.
I wrote to the council about the ramp and the light by the stairs.
Somebody hid behind the word culture. I asked which one.
We changed the time of the stand-up so that parents can make it.
I caught myself ranking accents. I wrote down which ones.
The form has two boxes. I asked for a third, or none.
Ask, wait, thank, act: that is the whole art.
I kept the minutes myself so that the same person would not have to.
Next time I will name who had the idea first.
At the end of the day the mark we leave is who felt safe to speak.
"""


def clean_entries(count: int = 200) -> list[str]:
    """So many texts of three to six of those sentences, the same each time; each sentence in some of them."""
    sentences = [line for line in _SENTENCES.strip().splitlines() if line]
    dice = random.Random(6)
    drawn = [dice.sample(sentences, dice.randint(3, 6)) for _ in range(count)]
    return [dice.choice((" ", "\n\n", "\n- ")).join(each) for each in drawn]
