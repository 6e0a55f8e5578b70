"""Names of people: romanised Chinese names, other capitalised names, and names in Chinese characters."""

from __future__ import annotations

import re
from functools import lru_cache

from readouts_cli.query.characters import HAN

_SYLLABLE = (
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|üan|ai|an|ao|ei|en|ia|ie|in"
    r"|iu|ou|ua|ue|üe|ui|un|uo|a|e|i|o|u|ü|v)|ang|eng|ai|an|ao|ei|en|er|ou|a|e|o)"
)
_COMPOUND_SURNAMES = (
    "Ouyang|Sima|Shangguan|Zhuge|Dongfang|Huangfu|Gongsun|Linghu|Murong|Xiahou|Situ|Duanmu|Nangong|Ximen|Sikong|Yuwen"
)
_ROMANISED = re.compile(
    rf"(?:(?:{_COMPOUND_SURNAMES})|(?=[A-Z])(?i:{_SYLLABLE}))"
    rf" (?=[A-Z])(?:(?i:{_SYLLABLE}(?:[’'-]?{_SYLLABLE}){{0,2}})|(?i:{_SYLLABLE}) (?=[A-Z])(?i:{_SYLLABLE}))"
)
_ROMANISED_WORD = re.compile(rf"(?i:{_SYLLABLE}){{1,3}}")
_CAPITALISED = re.compile(r"(?:[A-Z][a-zà-ÿ’'-]*[a-zà-ÿ](?:-?[A-Z][a-zà-ÿ]+)?|[A-Z]\.)")

#: The commonest Chinese surnames, simplified and traditional, that are not as often the first character of a word.
_HAN_SURNAMES = (
    "赵趙钱錢孙孫李周吴吳郑鄭王冯馮陈陳褚卫衛蒋蔣沈韩韓杨楊朱秦尤许許何吕呂施张張孔曹严嚴华華金魏陶姜戚谢謝邹鄒喻"
    "柏窦竇章云苏蘇潘葛奚范彭郎鲁魯韦韋昌马馬苗凤鳳花方俞任袁柳鲍鮑史唐费費廉岑薛雷贺賀倪汤湯滕殷罗羅毕畢郝邬鄔安"
    "常乐樂于於時傅皮卞齐齊康伍余元卜顾顧孟黄黃穆萧蕭肖尹姚邵湛汪祁毛禹狄米贝貝明臧戴谈談宋茅庞龐熊纪紀舒屈项項祝董"
    "梁杜阮蓝藍闵閔席季麻强強贾賈路娄婁江童颜顏郭梅盛林刁钟鍾鐘徐邱骆駱高夏蔡田樊胡凌霍虞万萬支柯管卢盧莫房裘缪繆"
    "干解应應丁宣邓鄧郁单單杭洪包左石崔吉钮鈕龚龔程嵇邢裴陆陸荣榮翁荀羊甄曲封芮储儲靳焦巴牧隗山谷车車侯宓蓬郗班仰"
    "秋仲伊宫宮宁寧仇栾欒甘厉厲戎祖武符刘劉景詹束龙龍叶葉幸司韶黎蓟薄印宿白蒲鄂索咸赖賴卓蔺藺屠蒙池乔喬阴陰胥苍蒼"
    "闻聞莘党翟谭譚贡貢姬申堵冉宰郦雍桑桂濮牛寿壽边邊扈燕冀浦尚农農温溫别庄莊晏柴瞿阎閻闫慕连連茹习習艾鱼容向易慎"
    "戈廖庾终衡步耿满滿弘匡文寇阙欧歐沃蔚隆师師聂聶晁敖冷辛阚闞简簡饶饒曾沙丰豐巢关關蒯查荆荊游竺权權盖蓋岳付代丛"
    "叢初佘佟仝郄亓鹿綦苑宗诸諸巩鞏占覃候亢迟遲隋段栗楚麦麥商兰蘭苟鞠展成冼平楼樓来來揭库火尧堯旷曠"
)
_HAN_COMPOUND = (
    "欧阳|歐陽|司马|司馬|上官|诸葛|諸葛|东方|東方|皇甫|公孙|公孫|令狐|慕容|夏侯|司徒|端木|南宫|南宮|西门|西門|宇文"
)
HAN_NAME = (
    rf"(?:(?:{_HAN_COMPOUND})[{HAN}]{{1,2}}|[{_HAN_SURNAMES}][{HAN}]{{1,2}}|[{HAN}]{{2,5}}(?:[·•・][{HAN}]{{1,6}})+)"
)
_HAN_NAME = re.compile(HAN_NAME)

#: Words of such reports that begin with a surname's character.
_NO_NAMES = (
    "常委 班子 党员 党组 党委 黨員 黨組 黨委 单位 單位 安全 高校 高新 高度 金融 农业 农村 農業 農村 文化 文明 "
    "文旅 方面 应急 應急 成员 成員 成立 成都 江苏 江西 山东 山西 安徽 云南 解放 万名 强调 關於 关于 关系 关心 "
    "华东 华北 连续 连线 常务 常態 常态 平台 平安 单独 时任 东方 东部 明确 祝贺 满意 管委 管理 施工 车间 商务 "
    "温州 苏州 郑州 徐州 常州 宁夏 宁波 温暖 别墅 邮政 严格 严肃 项目 路线 于是 于今"
)
_NO_NAME = frozenset(_NO_NAMES.split())


@lru_cache(maxsize=1024)
def is_romanised(name: str) -> bool:
    """Whether a name has the shape of a romanised Chinese one: `Ma Fuguo`, `Ouyang Xiu`, `Zhang Zhong Yu`."""
    return " " in name and _ROMANISED.fullmatch(name) is not None


def is_capitalised(name: str) -> bool:
    """Whether each of the two to four words of a name is capitalised; an initial counts as a word."""
    words = name.split(" ")
    return 2 <= len(words) <= 4 and all(_CAPITALISED.fullmatch(word) for word in words)


def is_name(name: str) -> bool:
    """Whether a name is a romanised Chinese one, or capitalised and not two Chinese names run together."""
    if is_romanised(name):
        return True
    return is_capitalised(name) and not all(_ROMANISED_WORD.fullmatch(word) for word in name.split(" "))


def is_han_name(name: str) -> bool:
    """Whether a run of Chinese characters can be somebody's name: a surname and one or two characters."""
    return _HAN_NAME.fullmatch(name) is not None and name[:2] not in _NO_NAME
