"""Portuguese."""

from board.prompts.languages.cues import Cues, openings, phrases, words

PORTUGUESE = Cues(
    code="pt",
    common=words("o os as que e em um uma é não com para do da dos das se por mais como eu na no ou mas foi"),
    reader=phrases(r"""
        vocês?
        vcs?
        cê
        tu
        ti
        te
        contigo
        (?:seu|sua|teu|tua)s?
        algu[eé]m
        quem
        galera
        pessoal
        leitor(?:es|as)?
        (?:você já|já pensou|já conhecia|conhece|concorda|gostou|gostaram|acha|acham|tem|têm|faria|usa
          |usam)
    """),
    asks=phrases(r"""
        (?:e )?(?:vocês?|vcs?|tu)(?:,| aí)?
        e (?:aí|por aí|contigo|você)
        o que (?:é que )?(?:vocês?|vcs?|tu)
        o que (?:achou|acharam|acha|acham|achaste|pensa|pensam)
        qua(?:l|is) (?:é |são |foi |foram )?(?:o |a |os |as )?(?:seu|sua|teu|tua|vossa?)s?
        qua(?:l|is)~(?:vocês?|vcs?|tu|você)
        (?:como|onde|quando|por que|quem|quantos|quantas)(?: \w+){0,3} (?:vocês?|vcs?|tu|seu|sua|você)
        (?:já|você já|vocês já|alguém já|alguém aí|alguém mais)
        (?:concorda|discorda|conhece|conhecia|gostou|gostaram|curtiu|curtiram|usa|usam|prefere|preferem
          |tem|têm|teve|tiveram|faz|fazem|sabia|lembra|lembram|quer|querem)(?:m)?(?: \w+)?
        (?:faltou|esqueci|deixei)(?: de)? (?:alg|de|alguma|alguém|falar|passar)\w*
        alg(?:o|uma?) (?:a |mais|dica|sugestão|dúvida|experiência|coisa)
        tem alg(?:o|uma?)
        e os (?:planos|seus)
        (?:alguma |mais |outras? )?(?:dúvidas?|perguntas?|sugest(?:ão|ões)|dicas?|opiniões)
    """),
    invites=phrases(r"""
        (?:deix|compartilh|cont|coment|explic|mand|post|coloc|pergunt|fal|escrev|digam|diga|dig|faz|faç
          |respond|particip|inclu|adicion|sugir|suger|opin|partilh|envi|contribu)\w*~(?:nos|pelos|no|via
          |em|através dos|aos) (?:comentários?|área)
        (?:n|pel)[oa]s? (?:área de |seção de |campo de |caixa de |espaço de )?comentários?
        (?:comentem?|contem?|respondam?|compartilhem?|digam|falem|opinem?|participem|partilhem?|escrevam
          |mandem) (?:aqui|aí|abaixo|comigo|conosco|com a gente|para|pra|embaixo|o que|qual|suas?|seus?
          |logo|ai|lá)
        me (?:mand(?:a|em?)|contem?|conta|digam?|diz|falem?|fala|avisem?|avisa|ajudem?|escrevam?|escreve)
        nos (?:contem?|digam?|falem?|avisem?|mandem?|escrevam?)
        (?:deixem?|deixa|compartilhem?|compartilha|comentem?|escrevam?|partilhem?|enviem?|deem
          |coloquem?)~(?:sua|suas|seu|seus|tua|teu|um|uma|a|o)~(?:opini(?:ão|ões)|comentários?
          |experiências?|ideias?|sugest(?:ão|ões)|dicas?|feedback|resposta|dúvidas?|perguntas?|críticas?
          |impressões|histórias?|recado|link|like)
        (?:quero|queremos|gostaria de|adoraria|adoraríamos|gostaríamos de|adoro|gosto de|vou adorar
          |quero muito)~(?:saber|ouvir|ler|conhecer)
        o que (?:vocês?|vcs?|tu) (?:ach|pens)\w+
        (?:a |é a )?(?:sua|tua|vossa) vez
        (?:sugest(?:ão|ões)|críticas?|dúvidas?|comentários|opini(?:ão|ões)|feedbacks?|dicas|ideias
          |contribuições|correções)~(?:(?:são |é )?(?:\w+ )?bem[ -]vind[ao]s?|é só|basta|fiquem)
        (?:fiquem?|fique|sinta-se|sintam-se|esteja|estejam) (?:à vontade|livres?)
        (?:podem|é só|só|basta) (?:\w+ )?(?:perguntar|comentar|deixar|falar|mandar|escrever|postar
          |contar|chamar)
        não (?:deixem?|esqueçam?|esqueça|hesitem?|tenha) de?~(?:comentar|dizer|contar|deixar|opinar
          |perguntar)
        (?:quem|se alguém)(?: \w+){0,4} (?:puder|quiser|tiver|souber|conhecer|fizer)~(?:dicas?|sugest\w+
          |comente|posta|compartilh\w+|manda|avis\w+|aceit\w+|coment\w+|fal\w+|dê|deix\w+)
        ajude(?:m)?-?(?:me|nos)
        vamos (?:conversar|discutir|debater|trocar)
        bora (?:conversar|trocar|comentar)
    """),
    publicly=phrases(r"""
        (?:n|pel)[oa]s? (?:área de |seção de |campo de |caixa de |espaço de )?comentários?
        comentários? (?:abaixo|aqui|aí)
        coment(?:em?|a|ar|ando)
        (?:aqui|aí|logo) (?:em)?baixo
        abaixo
        (?:no|pelo) (?:twitter|facebook|instagram|mastodon|linkedin|youtube|telegram|fórum)
        deixe? (?:um|seu|o seu|teu) comentário
    """),
    supports=phrases(r"""
        comentários?
        (?:críticas?|sugest(?:ão|ões)|opini(?:ão|ões)|feedbacks?|dicas?|dúvidas?)
        (?:sejam|vamos ser|seja) (?:críticos|participativos|\w+)
        (?:você|vocês) (?:também )?(?:pode|podem)
        (?:eu|que eu) (?:respondo|leio|vou|tento|ajudo)
        (?:manda|mande|mandem|coloca|posta) (?:aqui|aí|ver|também)
        quem quiser
    """),
    wants_questions=phrases(r"""
        (?:mais|alguma|qualquer|suas?|tiver(?:em|am)?|tem|têm|as|com|ficou|ficar|em caso de|sobre|tenha
          |tirar|ficaram|se) (?:\w+ ){0,2}(?:dúvidas?|perguntas?)
        (?:dúvidas?|perguntas?)(?: \w+){0,3} (?:ou|e|é só|só|basta|pode\w*|nos|deix\w+|manda\w*|coment\w+)
        (?:deix|mand|envi|faç|faz|escrev)\w*~(?:perguntas?|dúvidas?|pedidos?)
        (?:sugest(?:ão|ões)|pedidos?|temas?|assuntos?)~(?:temas?|assuntos?|posts?|vídeos?|próxim\w+
          |artigos?|conteúdos?|futuros?|novos)
        (?:dúvidas?|perguntas?)\?
        (?:sobre o )?que (?:você|vocês|vcs?) (?:querem?|gostari\w+) (?:de )?(?:ver|ler|saber|aprender
          |que eu)
    """),
    wants_reactions=phrases(r"""
        (?:opini(?:ão|ões)|experiências?|ideias?|dicas?|feedback|impressões|o que (?:achou|acharam|acha
          |acham|pensa))
        concorda\w*
        acharam
    """),
    appeals=phrases(r"""
        newsletters?
        assin(?:e|em|ar|a)
        inscrev\w*
        inscrit\w*
        (?:me|nos) (?:segue|siga|sigam)
        sig(?:a|am)(?:-me|-nos| a gente| o| a)
        compartilh(?:em?|ar|a) (?:este|esse|o|essa|esta|com|no|nas|isso|em) (?:\w+ )?(?:post|artigo
          |página|texto|amigos|trabalho|redes|vídeo)
        e se puder compartilh\w+
        (?:curta|curtam|dê um like|deixa? o like|deixe seu like)
        entr(?:e|em|ar|a) em contato
        contat[oe]
        e-?mails?
        formulário
        (?:abr\w+|cri\w+) (?:uma? )?(?:issue|pull request|pr)
        (?:compre|comprar|adquira|baixe|doe|apoie|doação)
        clique aqui
        saiba mais
        leia (?:também|mais)
        sorteio
        promoção
        whatsapp
    """),
    rhetorical=phrases(r"""
        (?:né|não é|certo|ok|beleza|sabe|entendeu|entenderam|viu|hein|não|tá|verdade|legal|simples|fácil
          |certo|bacana|interessante|massa|pronto|pronta|vamos(?: lá)?|bora|preparad[oa]s?)\s?\?[)"”»]*$
        (?:tá|está|o que (?:você|vocês|tu)) esper\w+
        quem (?:nunca|sabe|não)
        (?:gostou|gostaram|curtiu|curtiram) (?:d\w+ \w+|do post|do artigo|da dica)?\?
        (?:por que|como|o que|mas) (?:não|isso|fazer|é|seria|usar|funciona|acontece|significa)
        você sabia
        já (?:pensou|imaginou|parou (?:para|pra) pensar|se perguntou)(?: em| se| como| que| por| o| no| na)
    """),
    answers=openings(r"""
        (?:então|aqui|pois|sim\b|não\b|claro|porque|a resposta|é (?:simples|fácil|só|muito)|nada|veja
          |confira|você (?:pode|vai|precisa)|basta)
    """),
    headings=phrases(r"""
        e (?:vocês?|tu|aí)
        (?:a )?(?:sua|tua) (?:opinião|vez|reação|história)
        o que (?:vocês?|tu) (?:ach|pens)\w+
        qual (?:é )?(?:a sua|o seu)
        (?:perguntas?|questões) para (?:vocês?|reflexão|refletir|pensar)
        para (?:refletir|pensar|reflexão)
        (?:vamos )?(?:conversar|discutir)
        deixe (?:sua|seu)
        comente
    """),
    afterword=openings(r"""
        p\.?\s?p?\.?s\b
        (?:fotos?|imagem|imagens|crédit\w+|fontes?|referências?|notas?|tags?|categorias?|via|atualiza\w+
          |publicado|escrito por|postado|obs|observação|links?|leia também|veja também|saiba mais
          |artigos? relacionad\w+|até (?:a próxima|mais|logo|o próximo)|abraços?|beijos?|um abraço
          |obrigad[oa]|valeu|bons estudos|espero que (?:tenham?|gost\w+)|este (?:post|artigo|texto)|©)
        [*†‡]|\[\d+\]
    """),
    ends_post=openings(r"""
        (?:\d+|nenhum|um|uma|dois) (?:comentários?|respostas?|ideias?|opiniões)(?: para| sobre| em| a|:
          |\W*$)
        comentários?(?: \(\d+\)|:)?\W*$
        (?:deixe?|escreva|faça|poste|publique|enviar)(?: um| uma| o| seu| sua)* (?:comentário
          |resposta)(?: cancelar resposta)?\W*$
        (?:o seu|seu) (?:endereço de )?e-?mail não será
        (?:posts?|artigos?|publicações|textos|leituras?|matérias|notícias) (?:relacionad\w+|semelhantes
          |recentes|similares|recomendad\w+|anteriores?)\W*$
        (?:leia também|veja também|você (?:também )?pode gostar|compartilhe(?: isso)?|curtir isso
          |sobre o autor|sobre a autora|relacionado|arquivos?|categorias|navegação)\b.{0,40}$
    """),
)
