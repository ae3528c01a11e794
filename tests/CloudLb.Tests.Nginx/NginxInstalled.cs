using CloudLb.Nginx;
using CloudLb.Nginx.Executable;
using Microsoft.Extensions.Options;

namespace CloudLb.Tests.Nginx;

/// <summary>Without nginx and its stream module a test is skipped at a desk and fails where <c>CI=true</c>.</summary>
internal static class NginxInstalled
{
    private static readonly Lazy<string?> Fault = new(() =>
        new NginxBinary(Options.Create(new NginxOptions()), TimeProvider.System)
            .WhyNotAsync(CancellationToken.None)
            .GetAwaiter()
            .GetResult());

    public static void OrSkip()
    {
        if (Fault.Value is { } fault && Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(fault);
        }

        Assert.SkipUnless(Fault.Value is null, Fault.Value ?? "");
    }
}
