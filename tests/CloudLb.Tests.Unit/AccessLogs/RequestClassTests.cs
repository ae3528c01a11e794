using CloudLb.HAProxy.AccessLog;

namespace CloudLb.Tests.Unit.AccessLogs;

public sealed class RequestClassTests
{
    [Theory]
    [InlineData("GET", "1.1", "/", "-", false, false, null)]
    [InlineData("POST", "1.1", "/", "5", false, false, null)]
    [InlineData("GET", "1.1", "/", "0", false, false, "Acceptable GetHeadZeroContentLength")]
    [InlineData("GET", "1.3", "/", "-", false, false, "Acceptable NonCompliantVersion")]
    [InlineData("GET", "1.1", "/", "05", false, true, "Ambiguous UndefinedContentLengthSemantics")]
    [InlineData("HEAD", "1.1", "/", "-", true, true, "Ambiguous UndefinedTransferEncodingSemantics")]
    [InlineData("GET", "1.1", "/\x7f", "-", false, true, "Ambiguous AmbiguousUri")]
    [InlineData("POST", "1.1", "/", "5", false, true, "Ambiguous SuspiciousHeader")]
    [InlineData("POST", "1.1", "/", "18446744073709551616", false, false, "Severe BadContentLength")]
    [InlineData("GET", "1.x", "/", "-", false, false, "Severe BadVersion")]
    [InlineData("GET", "2.0", "/", "-", false, false, null)]
    public void A_request_is_classed_by_what_is_known_of_it(
        string method, string version, string target, string length, bool isCoded, bool isAmbiguous, string? expected)
    {
        var found = RequestClass.Of(new(method, false, "a", target, version), length, isCoded, isAmbiguous, isRefused: false);

        Assert.Equal(expected, found is null ? null : $"{found.Name} {found.Reason}");
    }
}
