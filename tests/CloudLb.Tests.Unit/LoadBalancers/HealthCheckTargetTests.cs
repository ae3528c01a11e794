using CloudLb.Core;
using CloudLb.Elb.Domain;
using FsCheck;
using FsCheck.Fluent;

namespace CloudLb.Tests.Unit.LoadBalancers;

public sealed class HealthCheckTargetTests
{
    private const string Protocol = "HealthCheck Target must begin with one of HTTP, TCP, HTTPS, SSL";
    private const string Port = "HealthCheck Target must specify a port number";
    private const string HttpPath = "HealthCheck HTTP Target must specify a port followed by a path that begins with a slash. e.g. " +
        "HTTP:80/ping/this/path";
    private const string HttpsPath = "HealthCheck HTTPS Target must specify a port followed by a path that begins with a slash. e.g. " +
        "HTTPS:80/ping/this/path";
    private const string PathCharacters = "HealthCheck HTTP Target path must consist of printable ASCII characters without blanks";

    [Theory]
    [InlineData("TCP:22", ListenerProtocol.TCP, 22, "")]
    [InlineData("SSL:65535", ListenerProtocol.SSL, 65535, "")]
    [InlineData("HTTP:80/", ListenerProtocol.HTTP, 80, "/")]
    [InlineData("HTTP:1/ping/this:80?a=b#c%20", ListenerProtocol.HTTP, 1, "/ping/this:80?a=b#c%20")]
    [InlineData("HTTPS:8443//x", ListenerProtocol.HTTPS, 8443, "//x")]
    public void A_target_has_a_protocol_a_port_and_for_HTTP_a_path(string text, ListenerProtocol protocol, int port, string path)
    {
        var target = HealthCheckTarget.Parse(text);

        Assert.Equal(new HealthCheckTarget(protocol, port, path), target);
        Assert.Equal(text, target.ToString());
    }

    [Theory]
    [InlineData("tcp:22", "TCP:22")]
    [InlineData("Http:080/Ping", "HTTP:80/Ping")]
    public void A_target_comes_out_in_the_spelling_of_AWS(string text, string spelled) =>
        Assert.Equal(spelled, HealthCheckTarget.Parse(text).ToString());

    [Theory]
    [InlineData("", Protocol)]
    [InlineData(":80", Protocol)]
    [InlineData("UDP:53", Protocol)]
    [InlineData(" TCP:22", Protocol)]
    [InlineData("ſſl:443", Protocol)]
    [InlineData("/HTTP:80/", Protocol)]
    [InlineData("TCP", Port)]
    [InlineData("TCP:", Port)]
    [InlineData("TCP:0", Port)]
    [InlineData("TCP:65536", Port)]
    [InlineData("TCP:99999999999999999999", Port)]
    [InlineData("TCP:-1", Port)]
    [InlineData("TCP:+22", Port)]
    [InlineData("TCP: 22", Port)]
    [InlineData("TCP:٢٢", Port)]
    [InlineData("TCP:22/path", Port)]
    [InlineData("SSL:443:1", Port)]
    [InlineData("HTTP", HttpPath)]
    [InlineData("HTTP:80", HttpPath)]
    [InlineData("HTTP:/", HttpPath)]
    [InlineData("HTTP:0/", HttpPath)]
    [InlineData("HTTP:70000/", HttpPath)]
    [InlineData("HTTP:80ping", HttpPath)]
    [InlineData("HTTP:80 /ping", HttpPath)]
    [InlineData("HTTP/ping", HttpPath)]
    [InlineData("http8080:/ping", HttpPath)]
    [InlineData("HTTPX:80/ping", Protocol)]
    [InlineData("TCP22", Port)]
    [InlineData("HTTPS:443", HttpsPath)]
    [InlineData("HTTP:80/a b", PathCharacters)]
    [InlineData("HTTP:80/a\r\nHost: b", PathCharacters)]
    [InlineData("HTTP:80/a\0", PathCharacters)]
    [InlineData("HTTP:80/é", PathCharacters)]
    [InlineData("HTTP:80/\u007f", PathCharacters)]
    public void Anything_else_is_a_ValidationError_that_says_what_is_missing(string text, string message) =>
        Assert.Equal(("ValidationError", message), Sample.Refusal(() => HealthCheckTarget.Parse(text)));

    [Fact]
    public void A_target_has_1024_characters_at_most()
    {
        var longest = "HTTP:80/" + new string('a', 1016);

        Assert.Equal(1024, HealthCheckTarget.Parse(longest).ToString().Length);
        Assert.Equal("ValidationError", Sample.Refusal(() => HealthCheckTarget.Parse(longest + "a")).Code);
    }

    [Fact]
    public void Whatever_is_parsed_is_refused_as_a_ServiceException_or_reads_the_same_once_written()
    {
        var pieces = Gen.Elements(
            "HTTP", "https", "TCP", "ssl", ":", "/", "80", "65536", "0", " ", "\n", "é", "\ud800", "-", "?", "%0a", "");
        var targets = Gen.ArrayOf(pieces).Select(string.Concat).ToArbitrary();

        Prop.ForAll(targets, text =>
        {
            try
            {
                var target = HealthCheckTarget.Parse(text);
                return HealthCheckTarget.Parse(target.ToString()) == target;
            }
            catch (ServiceException)
            {
                return true;
            }
        }).QuickCheckThrowOnFailure();
    }
}
