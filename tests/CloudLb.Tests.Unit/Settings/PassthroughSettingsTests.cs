using CloudLb.Server.Settings;

namespace CloudLb.Tests.Unit.Settings;

/// <summary>Nothing is passed on by accident: where to and for whom must be said, and said right.</summary>
public sealed class PassthroughSettingsTests
{
    private static readonly string[] Account =
        [
            "--Passthrough:Accounts:0:AccountId=123456789012", "--Passthrough:Accounts:0:AccessKeyId=AKID",
            "--Passthrough:Accounts:0:SecretAccessKey=secret",
        ];

    [Fact]
    public void Without_a_setting_nothing_is_passed_on() => Assert.Null(CloudLbSettings.Read([]).Passthrough.Url);

    [Theory]
    [InlineData("http://127.0.0.1:5000", "http://127.0.0.1:5000", true)]
    [InlineData("http://localhost:5000", "http://LOCALHOST:5000/", true)]
    [InlineData("http://127.0.0.1:5000", "http://127.0.0.1:5000/services/compute", true)]
    [InlineData("http://127.0.0.1:5000", "http://127.0.0.1:5001", false)]
    [InlineData("http://127.0.0.1:5000", "https://127.0.0.1:5000", false)]
    [InlineData("http://127.0.0.1:5000", null, false)]
    public void EC2_is_passed_on_where_the_inventory_is_the_same_place(string url, string? inventory, bool expected)
    {
        string[] endpoint = inventory is null
            ? []
            : [$"--Inventory:Ec2Endpoint={inventory}", "--Inventory:Ec2AccessKeyId=AKID", "--Inventory:Ec2SecretAccessKey=secret"];

        Assert.Equal(expected, CloudLbSettings.Read([$"--Passthrough:Url={url}", .. Account, .. endpoint]).IsEc2PassedOn);
    }

    [Theory]
    [InlineData("CloudLb:Passthrough:Url must be", "--Passthrough:Url=ftp://x")]
    [InlineData("CloudLb:Passthrough:Url must be", "--Passthrough:Url=http://127.0.0.1:5000/path")]
    [InlineData("CloudLb:Passthrough:Url must be", "--Passthrough:Url=http://user@127.0.0.1:5000")]
    [InlineData("Accounts:1 must have", "--Passthrough:Url=http://x", "--Passthrough:Accounts:1:AccountId=210987654321")]
    [InlineData(
        "Accounts:1 must have", "--Passthrough:Url=http://x", "--Passthrough:Accounts:1:AccountId=1",
        "--Passthrough:Accounts:1:Unchanged=true")]
    [InlineData("Accounts:0 must have", "--Passthrough:Url=http://x", "--Passthrough:Accounts:0:Unchanged=true")]
    [InlineData(
        "more than once", "--Passthrough:Url=http://x", "--Passthrough:Accounts:1:AccountId=123456789012",
        "--Passthrough:Accounts:1:Unchanged=true")]
    [InlineData("has no effect", "--Passthrough:KeepHost=false")]
    [InlineData("MaxBodySize", "--Passthrough:Url=http://x", "--Passthrough:MaxBodySize=0")]
    [InlineData("Accounts:0:Key is not a setting", "--Passthrough:Url=http://x", "--Passthrough:Accounts:0:Key=1")]
    public void A_fault_is_told(string expected, params string[] arguments)
    {
        var exception = Assert.Throws<SettingsException>(() => CloudLbSettings.Read([.. Account, .. arguments]));

        Assert.Contains(expected, Assert.Single(exception.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void An_endpoint_for_nobody_is_a_fault() => Assert.Contains(
        "CloudLb:Passthrough:Accounts must say",
        Assert.Single(Assert.Throws<SettingsException>(() => CloudLbSettings.Read(["--Passthrough:Url=http://x"])).Faults),
        StringComparison.Ordinal);
}
