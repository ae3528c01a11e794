namespace CloudLb.Storage.Sqlite;

/// <summary>Something else than a change that has its turn among them, after those before it are written.</summary>
internal interface IPendingTurn
{
    void Run();
}
