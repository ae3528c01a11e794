using CloudLb.AwsApi;

namespace CloudLb.Tests.Unit.AwsApi;

/// <summary>A service whose older clients ask for versions of before.</summary>
public sealed class EarlierVersionTests : IAsyncLifetime
{
    private readonly DemoServer _server = new([], configure: services => services.AddApiService(
        Echo.Service with
        {
            Version = "2016-11-15",
            EarlierVersions = ["2014-10-01", "2011-11-15"],
            XmlNamespace = "http://demo.example/doc/2016-11-15/",
            TargetPrefix = null,
        },
        service => service.Add<Echo>()));

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("2016-11-15")]
    [InlineData("2014-10-01")]
    [InlineData("2011-11-15")]
    public async Task An_answer_is_in_the_namespace_of_the_version_that_was_asked_for(string version)
    {
        var answer = await _server.SendSignedAsync(_server.Post($"Action=Echo&Version={version}&Text=hello"));

        Assert.Contains($"<EchoResponse xmlns=\"http://demo.example/doc/{version}/\">", answer.Body, StringComparison.Ordinal);
        Assert.Contains("hello", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task So_is_an_error()
    {
        var answer = await _server.SendSignedAsync(_server.Post("Action=Nothing&Version=2014-10-01"));

        Assert.Equal((400, "InvalidAction"), (answer.Status, answer.Code));
        Assert.Contains("xmlns=\"http://demo.example/doc/2014-10-01/\"", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_that_there_never_was_is_refused() => Assert.Equal(
        "InvalidAction", (await _server.SendSignedAsync(_server.Post("Action=Echo&Version=2014-10-02&Text=hello"))).Code);
}
