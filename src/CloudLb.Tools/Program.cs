using System.Text;
using CloudLb.Tools.Definitions;
using CloudLb.Tools.Running;

namespace CloudLb.Tools;

/// <summary>One executable for all commands; the name that it is called by says which.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] words)
    {
        var name = Invocation.OwnName();
        await using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { NewLine = "\n" };
        try
        {
            return await new Dispatcher(output, Console.Error).RunAsync(name, words, CancellationToken.None);
        }
        catch (Exception exception)
        {
            var fault = new ToolException(Fault.Internal, $"{exception.GetType().Name}: {exception.Message}", exception);
            return FaultReport.Write(Console.Error, fault, name, Invocation.Parse(name)?.Family ?? Family.Java, command: null);
        }
    }
}
