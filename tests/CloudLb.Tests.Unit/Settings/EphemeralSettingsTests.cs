using CloudLb.Server.Settings;

namespace CloudLb.Tests.Unit.Settings;

public sealed class EphemeralSettingsTests
{
    [Fact]
    public void What_is_not_given_is_chosen_for_a_test()
    {
        var settings = CloudLbSettings.Read(["--Ephemeral=true"]);

        Assert.Equal(("http://127.0.0.1:0/", "test", "test", false), Chosen(settings));
    }

    [Fact]
    public void What_is_given_counts()
    {
        var settings = CloudLbSettings.Read(
        [
            "--Ephemeral=true", "--Url=http://0.0.0.0:4567", "--AccessKeyId=AKID", "--SecretAccessKey=secret", "--Audit:Enabled=true",
            "--AddressPool=127.9.0.0/24", "--FastClocks=true",
        ]);

        Assert.Equal(("http://0.0.0.0:4567/", "AKID", "secret", true), Chosen(settings));
        Assert.Equal(["127.9.0.0/24"], settings.AddressPool.Select(network => network.ToString()));
        Assert.True(settings.Server.FastClocks);
    }

    [Theory]
    [InlineData("CloudLb:DataDirectory", "--Ephemeral=true", "--DataDirectory=/srv/cloudlb")]
    [InlineData("CloudLb:HAProxy:Mode", "--Ephemeral=true", "--HAProxy:Mode=Attach")]
    [InlineData("give CloudLb:AccessKeyId", "--Ephemeral=true", "--Url=http://0.0.0.0:0")]
    [InlineData("give CloudLb:AccessKeyId", "--Ephemeral=true", "--Url=http://[::]:8000")]
    [InlineData("go together", "--Ephemeral=true", "--SecretAccessKey=secret")]
    [InlineData("CloudLb:FastClocks", "--FastClocks=true")]
    public void What_does_not_go_with_it_is_told_in_one_sentence(string words, params string[] arguments) =>
        Assert.Contains(
            words, Assert.Single(Assert.Throws<SettingsException>(() => CloudLbSettings.Read(arguments)).Faults), StringComparison.Ordinal);

    [Theory]
    [InlineData("http://localhost:0")]
    [InlineData("http://[::1]:0")]
    [InlineData("http://127.4.5.6:8000")]
    public void The_machine_itself_needs_no_key_of_its_own(string url) =>
        Assert.Equal("test", CloudLbSettings.Read(["--Ephemeral=true", $"--Url={url}"]).Server.AccessKeyId);

    private static (string Url, string? AccessKeyId, string? SecretAccessKey, bool IsAudited) Chosen(CloudLbSettings settings) =>
        (settings.Url.ToString(), settings.Server.AccessKeyId, settings.Server.SecretAccessKey, settings.Audit.Enabled);
}
