using System.Reflection;
using Microsoft.Extensions.Logging;

namespace CloudLb.Tests.Unit.Architecture;

/// <summary>Whoever watches the log goes by the ids.</summary>
public sealed class LogIdTests
{
    [Fact]
    public void Each_id_stands_for_one_message()
    {
        var messages = Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
            .Where(file => Path.GetFileName(file) is "cloudlb.dll" or ['C', 'l', 'o', 'u', 'd', 'L', 'b', '.', ..])
            .SelectMany(file => Assembly.LoadFrom(file).GetTypes())
            .SelectMany(
                type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
            .OfType<LoggerMessageAttribute>()
            .ToList();

        Assert.InRange(messages.Count, 30, 1000);
        Assert.Equal(messages.Count, messages.DistinctBy(message => message.EventId).Count());
    }
}
