"""What people in municipal offices write, kind by kind, with the phrases that are shipped. All invented."""

import pytest

from scheduler.phrases import load_phrases
from scheduler.policy.phrases import read

QUESTIONS = [
    "電子申請の様式はどこにありますか",
    "他の自治体さんではどうされていますか。",
    "他市町村ではどのように運用されているのでしょうか",
    "お詳しい方いらっしゃいますか",
    "同じような事例をお持ちの自治体さんがいらっしゃれば、ご教示いただけますと幸いです。",
    "マイナンバーカードの出張申請について、ご教示ください。",
    "もしご存じの方がいらっしゃいましたら、よろしくお願いいたします。",
    "公印省略の基準を設けている団体はありますでしょうか。",
    "LGWAN環境でのチャットツールについて、皆さまの状況をお聞かせください。",
    "初歩的なことで恐縮ですが、スタンプはどうやって押すのですか",
    "この場で聞いてよいのか分からないのですが",
    "勉強会の資料は後から見られますか。",
    "庁内の説明会で使える資料を探しています。",
    "RPAを導入された自治体の方、費用感を教えていただきたいです。",
    "文書管理システムの更新時期なのですが、皆さんのところはいかがでしょうか。",
    "どなたか知見をお持ちでしたら助けてください",
    "ノーコードツールの比較表をお持ちの方はいませんか",
    "これって課長決裁でいいんでしたっけ",
    "窓口のキャッシュレス、手数料は誰が負担していますか？",
    "参考にできる条例があれば教えてほしいです",
    "ひとり情シスなのですが、皆さんどうやって時間を作っていますか",
    "アドバイスいただけるとうれしいです。",
    "お知恵をお貸しください。",
    "質問してもよろしいでしょうか",
    "こちらのチャンネルで質問してもいいのかな",
    "先進事例など、ご紹介いただけますと助かります。",
    "担当者が異動したばかりで、何から手を付ければいいか相談させてください。",
    "オンライン会議のアカウント、何本契約してますか？",
    "ガバメントクラウドの件でお伺いしたいことがございます。",
    "皆さまのご意見を伺えればと思います。",
    "意見照会の回答期限はいつまででしょうか",
    "RPAの勉強会を一緒にやってくださる方を募集しています。どなたかいませんか",
    "エクセルで郵便番号から住所を出す方法ってありますか",
    "これはどこに申請すればいいのでしょう？",
    "システム標準化の移行スケジュール、どうなってますか",
    "ふりがなの振り方、皆さんどうしてますか？",
    "やり方を知りたいのですが…",
    "【質問】様式の押印について",
    "権限の追加をお願いします。",
    "説明資料のレビューをお願いできますか",
    "デジタル化の勉強会、仲間を探しています",
    "これって任意っすか",
    "この様式で合っていますか(汗)",
    "来週は何を用意すればいいのかな",
    "共有します。この資料、使ってよいのでしょうか",
    "どういう順番でやるのがいいんだろ",
    "会議室の予約ってどうやって申請するの",
    "次の勉強会はいつ",
    "議事録の保存先ってどこ",
    "なんでこんな様式になってるんでしょう",
    "間違いがあったら指摘してくれるとありがたいです",
    "コメントくれると嬉しいです",
    "どなたか見てもらえれば助かります",
    "この案でよいと思うんですがどうでしょう",
    "日程を変えたいのですが、いかがでしょう",
    "この書き方で合ってますよね？",
    "これで提出していいんですよね？",
    "再申請が必要ということでしょうか？",
    "来週までに間に合いそうですか",
    "部屋は取れそうですかね",
    "おすすめの研修を聞きたいんです",
    "共有フォルダーの権限をください",
    "お手すきの方、レビューをよろしくお願いいたします",
    "内容のチェックをお願いしたく",
    "みんなの意見もらいたい",
    "過去の事例をお持ちでしたらご共有ください",
    "同じ症状の人いる？",
    "別のやり方がどこかにないですかね…",
]

TROUBLES = [
    "証明書の更新でうまくいかず…",
    "二要素認証の設定ができず困っております。",
    "通知が届かない件で困っております。",
    "ログインしようとするとエラーになってしまいます",
    "ファイルが開けません。",
    "申請画面で「権限がありません」と表示されます。",
    "アプリを入れ直したのですが、通知が来ないままで・・・",
    "VPNにつながらなくなりました",
    "印刷すると文字化けしてしまうのですが",
    "マクロが動かなくなってしまい、途方に暮れています",
    "手順書どおりにやったのですが、最後の画面で止まってしまって…",
    "前任者がいなくなり、やり方が分かりません",
    "調べてみたのですが見つけられませんでした",
    "関数がうまく動かないんですが",
    "予算要求の時期を逃してしまい、対応に苦慮しています",
    "何度試してもだめでした。お手上げです。",
    "パスワードを忘れてしまいログインできません",
    "この画面から先に進めなくて",
    "会議の音が聞こえないんですけど",
    "表を印刷すると途中で落ちてしまいます",
    "保存しようとするとエラーメッセージが出ます",
    "朝から画面が固まります",
    "案内のリンクが切れているようです",
    "合計欄の計算が合いません",
    "資料の画面が見えないです",
    "昨日から通知が届いてないみたいです",
    "元に戻せなくなってしまいました",
    "この件、どうしたものか",
    "どう書くべきか迷います",
]

ENGLISH = [
    "Does anyone know where the form is",
    "I can't log in since this morning.",
    "How do you share a folder with another city",
    "I'm not sure how to add a stamp",
    "Could somebody point me to the manual, please? I'm lost",
    "The upload doesn't work and I don't know why",
    "Looking for advice on digital signatures",
    "My screen keeps freezing, any ideas",
    "Is there a channel for beginners",
    "Not sure where to post this",
    "Would love to know how other cities handle this",
    "When is the next meeting",
    "Did anyone record the talk",
    "Am I supposed to fill this in twice",
    "The form won't load for me",
    "I have no clue what to do",
    "Any thoughts on this draft",
    "May I get access to the folder",
]

GREETINGS = [
    "はじめまして。北の町の総務課で広報を担当しています。よろしくお願いいたします。",
    "初めまして、四月に情報政策課へ異動してきました。よろしくお願いします！",
    "おはようございます。本日もよろしくお願いします。",
    "参加させていただきました。勉強させていただきます。",
    "皆さま、はじめまして。右も左も分かりませんが、仲良くしていただけると嬉しいです。",
    "今日からお世話になります。ROM専かもしれませんがよろしくお願いします。",
    "こんにちは！市役所で戸籍を担当しています。デジタルは苦手ですががんばります。",
    "分からないことばかりですが、どうぞよろしくお願いします。",
    "お先に失礼します。また明日。",
    "四月から情報担当になりました。いろいろ教えてください。よろしくお願いします。",
    "右も左も分かりませんが、困ったら質問させてください。ご指導のほどよろしくお願いします。",
    "ときどき相談させていただくこともあるかと思います。よろしくお願いします。",
    "質問させていただくこともあるかと思いますが、よろしくお願いします。",
    "今後ともご指導をよろしくお願いいたします。",
    "Hello everyone, nice to meet you!",
    "Hi all, I just joined from a small town in the north.",
]

THANKS = [
    "ありがとうございます。とても助かりました！",
    "早速のご回答ありがとうございます。",
    "ご教示いただきありがとうございました。試してみます。",
    "教えていただいたとおりにやったら開けました。",
    "皆さま、アドバイスをいただきありがとうございました。",
    "ご教示のとおりで開けました。ありがとうございます。",
    "そうですか、ありがとうございます。",
    "Thanks a lot, that helped!",
]

ANSWERS = [
    "それは様式第二号を使うといいですよ。",
    "うちでは、総務課が取りまとめていますよ。",
    "設定の「通知」からオンにしてみてください。",
    "県の手引きが参考になると思います。",
    "いちどログアウトしてみてはいかがでしょうか。",
    "ブラウザを変えてみてはどうでしょうか？",
    "たぶん権限の問題ではないかと。",
    "こちらの資料が参考になるかもしれません。",
    "当市でも同じでした。キャッシュを消せば直りますよ。",
    "分からないことがあれば、いつでも聞いてくださいね。",
    "You can find it under settings.",
    "Have you tried turning it off and on? Hope this helps!",
]

SHARES = [
    "総務省の資料が公開されました。共有します。",
    "今日の一枚です。庁舎の花壇がきれいに咲きました。",
    "来週水曜に勉強会を開催します。どなたでもご参加ください。",
    "アンケートへのご回答をお願いします。",
    "研修への参加をお願いします。詳細はこちらです。",
    "手順書を作りました。よかったら見てください。",
    "記事を書きました。どなたかの参考になれば幸いです。",
    "本日は閉庁日です。",
    "雪がすごいですね。",
    "お昼はカレーでした",
    "難しいと言われていますが、意外と使えます。",
    "そういうことなんでしょう。",
    "表が見やすくなってくれるとうれしいですね。",
    "FYI: the guideline was updated.",
]


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_asks(text: str):
    assert read(text, load_phrases()).asks


@pytest.mark.parametrize("text", TROUBLES)
def test_trouble_asks_though_nobody_is_asked(text: str):
    assert read(text, load_phrases()).asks


@pytest.mark.parametrize("text", ENGLISH)
def test_english_asks_too(text: str):
    assert read(text, load_phrases()).asks


@pytest.mark.parametrize("text", GREETINGS)
def test_a_greeting_asks_nothing(text: str):
    assert not read(text, load_phrases()).asks


@pytest.mark.parametrize("text", THANKS)
def test_thanks_ask_nothing_and_are_known(text: str):
    said = read(text, load_phrases())

    assert (said.asks, said.thanks) == (False, True)


@pytest.mark.parametrize("text", ANSWERS)
def test_an_answer_asks_nothing_and_offers(text: str):
    said = read(text, load_phrases())

    assert (said.asks, said.offers) == (False, True)


@pytest.mark.parametrize("text", SHARES)
def test_what_is_shared_or_announced_asks_nothing(text: str):
    assert not read(text, load_phrases()).asks


@pytest.mark.parametrize(
    "greeting",
    [
        "はじめまして。",
        "お世話になっております。○○市の中村です。",
        "いつもありがとうございます。",
        "お疲れさまです！\n",
    ],
)
@pytest.mark.parametrize(
    "question", ["様式はどこにありますか。", "設定がうまくいきません。", "ご教示いただけますと幸いです。"]
)
def test_a_polite_question_greets_thanks_and_asks_all_the_same(greeting: str, question: str):
    assert read(f"{greeting}{question}よろしくお願いいたします。", load_phrases()).asks
