using System.Collections.Frozen;

namespace CloudLb.ElbV2.Mapping;

/// <summary>
/// The Route 53 hosted zone that AWS's network load balancers of a region have their DNS names in (AWS endpoint tables).
/// </summary>
internal static class NetworkHostedZones
{
    /// <summary>What a region that is not listed answers: us-east-1's.</summary>
    private const string Other = "Z26RNL4JYFTOTI";

    private static readonly FrozenDictionary<string, string> ByRegion = new Dictionary<string, string>
    {
        ["ap-east-1"] = "Z12Y7K3UBGUAD1",
        ["ap-northeast-1"] = "Z31USIVHYNEOWT",
        ["ap-northeast-2"] = "ZIBE1TIR4HY56",
        ["ap-south-1"] = "ZVDDRBQ08TROA",
        ["ap-southeast-1"] = "ZKVM4W9LS7TM",
        ["ap-southeast-2"] = "ZCT6FZBF4DROD",
        ["ca-central-1"] = "Z2EPGBW3API2WT",
        ["cn-north-1"] = "Z3QFB96KMJ7ED6",
        ["eu-central-1"] = "Z3F0SRJ5LGBH90",
        ["eu-north-1"] = "Z1UDT6IFJ4EJM",
        ["eu-south-1"] = "Z23146JA1KNAFP",
        ["eu-west-1"] = "Z2IFOLAFXWLO4F",
        ["eu-west-2"] = "ZD4D7Y8KGAS4G",
        ["eu-west-3"] = "Z1CMS0P5QUZ6D5",
        ["sa-east-1"] = "ZTK26PT1VY4CU",
        ["us-east-1"] = Other,
        ["us-east-2"] = "ZLMOA37VPKANP",
        ["us-west-1"] = "Z24FKFUX50B4VW",
        ["us-west-2"] = "Z18D5FSROUN65G",
    }.ToFrozenDictionary();

    public static string Of(string region) => ByRegion.GetValueOrDefault(region, Other);
}
