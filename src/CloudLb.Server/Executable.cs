using CloudLb.Cli;
using CloudLb.Server.Operator;
using CloudLb.Server.Settings;
using CloudLb.Server.Startup;
using CloudLb.Storage.Sqlite;

namespace CloudLb.Server;

/// <summary>What the commands ask of this executable.</summary>
internal sealed class Executable : IExecutable
{
    public async Task<int> ServeAsync(IReadOnlyList<string> settings, CancellationToken cancellationToken)
    {
        var read = Read(settings);
        CoreDumps.Forbid();
        try
        {
            await using var server = await CloudLbServer.StartAsync(read, cancellationToken);
            Console.Out.WriteLine(ReadyMessage.Of(read, server.HasLoadBalancers));
            await server.WaitForShutdownAsync(cancellationToken);
            return 0;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        catch (StartException exception)
        {
            throw new CommandException(exception.Message);
        }
    }

    public void AcceptDatabase(string dataDirectory)
    {
        try
        {
            DatabaseAcceptance.Leave(dataDirectory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"The database cannot be accepted: {exception.Message}");
        }
    }

    public EffectiveSettings ReadSettings(IReadOnlyList<string> settings)
    {
        var read = Read(settings);
        try
        {
            return EffectiveSettingsReader.Of(read);
        }
        catch (StartException exception)
        {
            throw new CommandException(exception.Message);
        }
    }

    private static CloudLbSettings Read(IReadOnlyList<string> settings)
    {
        try
        {
            return CloudLbSettings.Read(settings);
        }
        catch (SettingsException exception)
        {
            throw new CommandException(exception.Message);
        }
    }
}
