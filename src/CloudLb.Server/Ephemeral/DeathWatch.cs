using System.ComponentModel;
using System.Diagnostics;
using CloudLb.Server.Startup;

namespace CloudLb.Server.Ephemeral;

/// <summary>
/// Sees to it that nothing of an ephemeral server outlives it, whatever ends it. A shell reads from a pipe whose other end this process
/// holds; when the pipe closes without a word the shell becomes <c>cloudlb sweep</c>. A data plane cannot be told to die with us: it
/// leaves its parent, and the kernel would mind the thread that started it, not the process.
/// </summary>
internal sealed class DeathWatch : IDisposable
{
    /// <summary>The command that removes what an ephemeral server has left; not for people.</summary>
    public const string Command = "sweep";

    // Signals to the server's process group, Ctrl-C for one, are not meant for it; nor may it hold what reads the server's output.
    private const string Script = """exec >/dev/null 2>&1; trap '' INT TERM HUP; read -r word || exec "$0" "$@" """;

    private readonly Process _shell;

    private DeathWatch(Process shell) => _shell = shell;

    /// <exception cref="StartException">There is no shell.</exception>
    public static DeathWatch Over(string directory)
    {
        try
        {
            return new(Process.Start(new ProcessStartInfo("setsid", ["sh", "-c", Script, Environment.ProcessPath!, Command, directory])
            {
                RedirectStandardInput = true, WorkingDirectory = "/",
            })!);
        }
        catch (Win32Exception exception)
        {
            throw new StartException(
                $"What watches over an ephemeral CloudLb cannot be started: {exception.Message}; setsid and sh are needed (Debian: " +
                    "util-linux, dash).");
        }
    }

    /// <summary>Tells it that there is nothing left to do.</summary>
    public void Dismiss()
    {
        try
        {
            _shell.StandardInput.WriteLine("done");
            _shell.StandardInput.Flush();
        }
        catch (IOException)
        {
            // Somebody has ended it.
        }
    }

    public void Dispose() => _shell.Dispose();
}
