/** Words that carry no subject: function words of English prose and the fillers of questions. */
export const stopWords: ReadonlySet<string> = new Set(
  (
    "a about after again all already also am an and any anyone anything are aren as at be because been before being both but by " +
    "can cannot come comes could couldn did didn do does doesn doing don done each either else even ever every for from get gets " +
    "getting give gives go goes going got had has hasn have haven having he help her here him his how however i if in instead into is " +
    "isn it its itself just keep keeps know let lets like ll look looks make makes making many may me might more most much must my " +
    "need needs neither never no nor not nothing now of off on once one only onto or other our out over own please put rather re " +
    "really right same say says seem seems shall she should shouldn since so some someone something still such sure take takes tell than " +
    "that the their them then there these they thing things this those though through to too try trying under until up upon us use used uses " +
    "using ve very via want wants was wasn way we well were weren what when where whether which while who whole whose why will with " +
    "within without won work works would wouldn yet you your yours"
  ).split(" "),
);
