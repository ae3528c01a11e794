namespace CloudLb.Tests.Clients.Harness;

/// <summary>An account and the key that its callers sign with.</summary>
public sealed record Account(string Id, string AccessKeyId, string SecretAccessKey)
{
    /// <summary>What clients sign for when a test does not say.</summary>
    public const string Region = "us-east-1";

    private const string ExampleSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    public static readonly Account First = new("123456789012", "AKIDEXAMPLE", ExampleSecret);

    public static readonly Account Second = new("210987654321", "AKIDOTHER", ExampleSecret);
}
