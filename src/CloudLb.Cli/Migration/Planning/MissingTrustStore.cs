namespace CloudLb.Cli.Migration.Planning;

/// <summary>What to do about a trust store that is not here: what is in it no description tells.</summary>
internal static class MissingTrustStore
{
    public static string Text(string arn) =>
        $"Its trust store {arn} is not here. Make it and import again: aws elbv2 create-trust-store --name {NameOf(arn)} " +
        "--ca-certificates-bundle-s3-bucket BUCKET --ca-certificates-bundle-s3-key KEY; " +
        "aws elbv2 get-trust-store-ca-certificates-bundle says where it was made, from what to make it.";

    /// <summary>The name, by which one that was made again is found.</summary>
    public static string NameOf(string arn) => arn.Split('/') is [_, var name, _] ? name : "NAME";
}
