"""English."""

from board.prompts.languages.cues import Cues, openings, phrases, words

ENGLISH = Cues(
    code="en",
    common=words("the of and to is that it was for with you not are this have from but they on be as at"),
    reader=phrases(r"""
        you(?:['’](?:re|ve|d|ll))?
        your
        yours
        yourself
        y['’]all
        any(?:one|body)
        everyone else
        any(?:one|body) else
        readers?
        folks
    """),
    asks=phrases(r"""
        what(?:['’]s|s| is| are| was| were| would be| will be)?(?: \w+){0,2} your
        (?:and |so |but |now )?(?:what|how) about (?:you|your|y['’]all)
        what(?: [\w'’-]+){0,5} (?:do|did|would|will|have|are|were|can|could|about) you
        what (?:do|does|did|would|has|have) (?:every(?:one|body)|any(?:one|body)|readers)
        how (?:do|did|would|will|have|are|were|can|could|often do|many of) you
        how(?:['’]s| is| are| was| were| has| did)? your
        (?:have|did|do|are|were|would|will|can|could|had|has|does|is) (?:any of )?you(?:r|['’]ve)?
        (?:have|did|do|are|would|will|can|could|has|does|is) any(?:one|body)
        any(?:one|body)(?: else| out there)?~\w+
        which(?: \w+){1,6} (?:you|your)
        (?:which|who|where|when|why)(?: (?:do|did|would|will|are|were|have|else))+ you
        who(?:['’]s| is) your
        (?:do you |you )?(?:dis)?agree
        (?:am i|are we) (?:missing|alone|the only|wrong|right|crazy)
        (?:did|have) (?:i|we) (?:miss|forget|forgotten|missed|leave|left)
        what(?: else)? (?:did|have|am|are) (?:i|we) (?:miss|missed|missing|forget|forgotten|left)
        any(?:thing)? (?:else )?(?:i|we|you|to add|i['’]m)
        any (?:other |more |further )?(?:thoughts|ideas|tips|suggestions|questions|recommendations
          |favou?rites|advice|comments|feedback|takers|guesses|opinions)
        (?:any |your |what are your )?thoughts
        (?:got|have|need) (?:any|a|an|another|some|other|more)
        ever (?:had|been|tried|felt|wondered|seen|used|thought)
        what(?: \w+){0,3} should (?:i|we) (?:\w+ )?(?:do|write|cover|read|try|make|talk|review|post
          |watch|cook
          |add|play)
        questions? of the (?:day|week|month|post)
        who else
        or is it just me
        and you
        yours
        what say you
        yay or nay
        i(?:['’]m curious|['’]m wondering| wonder)~(?:you|your)
    """),
    invites=phrases(r"""
        (?:share|post|leave|drop|add|write|give|tell|submit|send)~(?:your|any|yours|you)~(?:thoughts?
          |comments?|stor(?:y|ies)|experiences?|views?|reactions?|reflections?|ideas?|tips?|suggestions?
          |answers?|feedback|questions?|favou?rites?|opinions?|recommendations?|responses?|examples?
          |links?|insights?|advice|picks?|memor(?:y|ies)|photos?|recipes?|lists?|choices?|secrets?
          |tricks?|strateg(?:y|ies))
        (?:leave|drop|post|write|add)(?: me| us)? (?:a|an|some)(?: \w+)? (?:comments?|note|reply
          |response|message|line below)
        share (?:your|yours|them (?:below|in|with)|it (?:below|in the)|with (?:me|us))
        (?:share|answer|answers|reply|comment|comments|post|tell (?:me|us)|thoughts|respond|discuss
          |leave) below
        (?:leave|drop|post|put|share|write|add) (?:them|it|one|yours|those) (?:below|here
          |in the comments?)
        (?:^|[,;:–—.!?)] |\b(?:and|then|please|so|or|but|just|do|also|now|come) )tell (?:me|us)
        (?:comment|chime in|weigh in|sound off|discuss|reply|respond) (?:below|in the comments?|here
          |away|with (?:your|any)|and (?:let|tell|share))
        (?:please|go ahead and|don['’]t forget to) (?:\w+ )?(?:comment|reply|respond)
        in the comments?(?: section| box| area| thread)?(?: below)?
        (?:in|via|with|using|through) (?:a|the) comments?
        comments?(?: and \w+| or \w+)? (?:are |is )?(?:always |very |more than |most )?(?:welcome
          |appreciated|encouraged)
        comments are open
        (?:please )?ask (?:me |us |them |questions )?(?:anything|below|away)
        join (?:in )?(?:the|our) (?:conversation|discussion|debate)
        (?:let['’]s|let us) (?:start|continue|have|keep) (?:the|a|this) (?:conversation|discussion|debate)
        continue the (?:conversation|discussion) (?:in|on|below|over|at)
        help me out
        (?:i|we)(?: would|['’]d|d)(?: \w+){0,2} (?:love|like|enjoy) (?:to (?:hear|know|read)|hearing
          |your|any|some (?:feedback|suggestions|ideas|tips)|to (?:see|learn|get)~(?:you|your|yours))
        (?:let|lemme)(?: me| us)? (?:know|hear)
        (?:do|please) (?:tell|share|comment|chime|weigh|let|leave|post|respond|reply|add|discuss
          |feel free)
        (?:i|we)(?: \w+){0,2} (?:love|want|hope|like|enjoy) (?:to (?:hear|know|read|see|learn|get)
          |hearing|reading)~(?:you|your|yours)
        (?:i|we)(?: would|['’]d|d)?(?: \w+){0,2} appreciate~(?:your|any|comments?|feedback|input
          |thoughts|suggestions|advice|help|tips)
        (?:i|we)(?: would|['’]d)(?: \w+){0,3} be (?:curious|interested|glad|happy|thrilled|delighted
          |keen|grateful) (?:to (?:hear|know|read|see|learn|answer)|if you|in)
        (?:i['’]m|i am|we['’]re|we are|i remain) (?:\w+ ){0,2}(?:curious|eager|keen|interested|excited
          |happy|all ears|open|dying)(?: to (?:hear|know|learn|see what|see how|read your|answer)| what
          | how| if| whether| about (?:your|what|how)| in (?:hearing|your))
        i['’]m all ears
        (?:would|['’]d) (?:\w+ )?love to see
        interested in what (?:others|you|everyone)
        (?:i|we) (?:\w+ )?(?:welcome|invite|look forward to) (?:your|any|comments|feedback|hearing|all)
        looking forward to (?:your|hearing|reading|seeing)
        (?:love|nice|great|good|like) to hear (?:your|from|what|how|about)
        hear (?:from you|your (?:thoughts|stor|comments|opinion|feedback|experience)\w*)
        (?:thoughts|suggestions|feedback|corrections|questions|ideas|tips|criticism|opinions
          |additions)~(?:(?:is|are) (?:always |very |most |more than )?(?:welcome|appreciated)|welcome)
        feel free to (?:\w+ )?(?:comment|share|leave|let|ask|drop|add|post|reply|respond|discuss|chime
          |weigh|tell|disagree|correct|give|write)
        don['’]t (?:be shy|(?:hesitate|be afraid) to (?:\w+ )?(?:comment|share|leave|let|ask|drop|add
          |post|reply|respond|discuss|tell|correct|write|speak))
        your turn
        (?:now |so )?over to you
        (?:now|so),? (?:it['’]s|its) your
        i(?:['’]m| am)? (?:\w+ )?wonder(?:ing)? (?:what|how|if|whether|which|who|where)~(?:you|your
          |anyone)
        what say you
        discuss[.!]?$
        vote (?:in|below)
        what (?:questions|topics) (?:do|would) you
        (?:correct me|prove me wrong)
    """),
    publicly=phrases(r"""
        (?:in|to|via|into|with|using|through|on) (?:the|a|your|our) comments?(?: section| box| area
          | thread| field| form)?
        comments?(?: section| box| area| form)? below
        (?:comment|reply|respond|share|answer|answers|post|thoughts|discuss|questions|leave\w*)~below
        below in the comments?
        leave~comments?
        on (?:twitter|mastodon|bluesky|facebook|instagram|reddit|discord|slack|linkedin|youtube
          |hacker news|social media|threads|the forums?|the discussion)
        (?:tweet|toot) (?:me|us|at)
        @\w+
        #\w+
    """),
    supports=phrases(r"""
        comments?
        (?:your|any|all|more) (?:thoughts?|answers?|ideas?|stor(?:y|ies)|suggestions?|feedback|opinions?
          |input|questions|tips|experiences?|reactions?|reflections?)
        feel free
        (?:i|we)['’](?:ll|d) (?:love|try|do|be|reply|answer|respond|read|add|share|start|go)
        (?:i|we) (?:will|would|can|read|reply|answer|respond|might|may) (?:\w+ )?(?:love|answer|reply
          |respond|read|every|add|include|feature|update|share|use)
        please
        i['’]m (?:curious|all ears|listening|interested|open)
        can['’]t wait to (?:hear|read|see)
        (?:thanks|thank you) in advance
    """),
    wants_questions=phrases(r"""
        (?:leave|ask|send|post|share|submit|drop|bring|suggest|put|add|tweet|shoot|fire away|have|got
          |any|other|more|further|your|burning)~questions?
        (?:any|other|more|further|your|burning|have|got|additional|specific|of) (?:\w+ ){0,2}questions?
        questions? (?:or \w+ |and \w+ )?(?:that )?(?:you|about|in the|below|for me)
        questions\?
        what (?:questions|topics|else|would|should|do) (?:\w+ )?(?:do|would|should|you|i
          |we) (?:\w+ ){0,3}(?:write|cover|ask|answer|explore|see|learn|know about|read|tackle|talk|post
          |blog|review|discuss)
        (?:like|want|love) (?:me|us|to see me) to (?:\w+ )?(?:write|cover|ask|answer|explore|tackle|talk
          |discuss|blog|do|make|review|post)
        (?:suggest|request|requests|suggestions?)~(?:topics?|posts?|future|subjects?|articles?|recipes?
          |tutorials?|videos?)
        topics? (?:you|that you|for (?:future|upcoming|next)|suggestions?|requests?|ideas)
        (?:ideas|requests|suggestions) for (?:\w+ )?(?:future|upcoming|next|new|more|other)? ?(?:posts?
          |topics?|articles?|blog posts?|episodes?|videos?)
        ask me anything
        ask (?:me|away|us|them)
    """),
    wants_reactions=phrases(r"""
        (?:your|any|some|leave|share)~(?:thoughts?|comments?|opinions?|experiences?|reactions?
          |reflections?|ideas?|stor(?:y|ies)|feedback|tips|views?|favou?rites?|insights?|answers?)
        what (?:do )?you think
    """),
    appeals=phrases(r"""
        subscrib\w*
        newsletters?
        sign(?:ing)?[ -]up
        mailing list
        rss
        follow (?:me|us|along|my|our|the)
        like (?:me|us|and|this|my|our) (?:on|page|subscribe)
        (?:share|pin|tweet|spread) (?:this|it|the)(?: \w+){0,2}? ?(?:on|post|article|with (?:your|others
          |a friend|friends)|word|link|story|page|to)
        share (?:this|on|it)$
        (?:contact|reach|email|e-mail|message|dm|call|text|write(?: to)?) (?:me|us|him|her|out|through
          |the)
        contact (?:form|page)
        get in touch
        drop (?:me|us) (?:a line|an e-?mail)
        (?:send|shoot) (?:me |us )?an? e-?mail
        e-?mail
        (?:open|file|create|submit|raise) an? (?:\w+ )?(?:issue|ticket|pull request|pr|bug)
        pull requests?
        github
        (?:buy|order|purchase|download|donate|sponsor|support (?:me|us|this)|patreon|ko-fi|buy me)
        (?:book|schedule) (?:a|your)
        click (?:here|the|on|below)
        read (?:more|the full|on\b)
        check (?:out|back)
        trackbacks?
        pingbacks?
        stay tuned
        (?:giveaway|rafflecopter|contest|entry|entries|winner)
        privacy policy
        your e-?mail address will not be published
        required fields
    """),
    rhetorical=phrases(r"""
        what are you waiting for
        what['’]?s (?:not to like|stopping you)
        (?:who knows|right|huh|eh|no|yes|ok|okay|really|(?<!or )why not|so what|get it|see|remember
          |sound familiar|ready)\?[)\"'”’]*$
        \w+n['’]t (?:it|they|you|he|she|we|i|that|there)(?: \w+)?\?[)\"'”’]*$
        (?:(?<=[,–—-]\s)|^)(?:is|are|was|were|do|does|did|can|will|would) (?:it|they|you|he|she|we
          |i)\?[)\"'”’]*$
        (?:you )?(?:know|see) what i mean
        (?:why|where|how) (?:am i|are we|do i|did i|is (?:this|that|it)|does (?:this|that|it)|do we
          |should (?:i|we|you)|would (?:i|we))
        (?:he|she|they|it|who|that|which|would|will|could|never|didn['’]t
          |(?<!free )(?<!forget )(?<!hesitate )(?<!welcome )to|doctor|friend|someone
          |people|nobody) (?:let|told|tell) (?:me|us)
        (?:said|mentioned|pointed out|noted|wrote|suggested|discussed|asked|posted|linked|thanks for
          |read|reading|saw)~in the comments
        (?:have|did) you ever (?:wonder(?:ed)?|notice[d]?|stop(?:ped)? to (?:think|consider))
        ever wondered
        did you know
        how (?:do|can|would|should|could) you (?:know|get (?:started|there|it)|make sure|go about|fix
          |ensure|even)
        what more (?:could|can) (?:you|we|i|anyone)
        (?:do not|don['’]t|never|no longer|cannot|can['’]t) (?:\w+ )?(?:ask|post|leave|comment|share|reply)
        why (?:do|would|should|are|aren['’]t|not|don['’]t) you
    """),
    answers=openings(r"""
        (?:then|here(?:['’]s (?!to\b)|[,:]| (?:is|are|you))|check|read|click|well|yes|no\b|nope|because
          |the answer|if so|if not|look no|try|of course|simple|easy|nothing|don['’]t worry|go |see[ ]
          |visit|join|it['’]s (?:a|the|because|not|all|time|easy|simple)|that['’]s|this (?:is|post)
          |you (?:can|should|need|must|may|might)|we (?:can|have|are|offer)|i (?:did|do|am|was|know
          |think)|me too|not (?:me|really|so))
    """),
    headings=phrases(r"""
        what~(?:you|your)
        (?:and )?you
        your (?:turn|thoughts|reactions?|reflections?|views?|take|say|opinion|experience)
        over to you
        thoughts
        (?:questions?|prompts?|something) (?:for (?:you|reflection|readers|discussion)|to (?:ponder
          |consider|think about|ask yourself|reflect on))
        (?:reflection|discussion|journal(?:l?ing)?) (?:questions?|prompts?)
        (?:for )?(?:reflections?|discussion|conversation)
        reflect
        how (?:do|did|about|would|will|are|have) you
        (?:have|do|did|are|would|when|where|which|who|ask)~(?:you|yourself)
        tell (?:me|us)
        join the (?:conversation|discussion)
        let['’]?s (?:talk|chat|discuss|hear)
        let (?:me|us) know
        (?:question|talk) of the (?:day|week|month)
        (?:chime|weigh) in
        call to action
        feedback
        (?:questions|comments)\??
    """),
    afterword=openings(r"""
        p\.?\s?p?\.?s\b
        \(?(?:photo|image|picture|header|featured|cover|illustration|title|text|art)s?\)? ?(?:credits?
          |by|via|from|source|courtesy|copyright|©)
        (?:hat tip|h/t|via|sources?|references?|credits?|footnotes?|notes?|tags?|labels?|filed under
          |categories|posted (?:by|in|on|at)|written by|edit(?:ed)?|updated?|disclaimer|disclosure
          |acknowledge?ments?|thanks to|further reading|related|recommended|about the author
          |originally (?:published|posted)|this (?:post|article|entry) (?:was|is|originally|contains
          |first)|cross-?posted|linking up|linked|affiliate|see also|share|resources?|links?
          |bibliography|works cited|you (?:may|might) (?:also )?(?:like|enjoy)|until next time|xoxo
          |love,|cheers|thanks for (?:reading|stopping)|thank you for reading|happy \w+ing
          |have a (?:great|good|nice|lovely|wonderful))\b
        [*†‡]|\[\d+\]|\^
    """),
    ends_post=openings(r"""
        (?:\d+|no|one|two|three) (?:comments?|responses?|replies|thoughts?|opinions?
          |reactions?)(?: so far| to| on| for|:|$)
        comments?(?: \(\d+\)| are closed|:)?\W*$
        (?:leave|post|add|write|submit) (?:a|your|an)(?: new)? (?:comment|reply
          |response)(?: cancel reply| below| here)?\W*$
        (?:leave|post) a (?:comment|reply) (?:cancel|to)
        (?:related|similar|recent|more|popular|recommended|other|latest|further|previous|next) (?:posts?
          |articles?|stories|reading|from|entries|content)\W*$
        (?:you (?:may|might) (?:also )?(?:like|enjoy)|more (?:like this|from|in)|about the author
          |share this|like this|read next|keep reading|join (?:\d|the) \w+ (?:other )?(?:followers
          |subscribers)|subscribe|newsletter|archives?|categories|blogroll|sidebar)\b.{0,60}$
        your e-?mail address will not be published
        fill in your details below
        this entry was posted
        powered by \w+
        older (?:post|entries)|newer (?:post|entries)
        reader interactions
    """),
)
