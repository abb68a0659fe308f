/** Lets work on one repository happen one after the other, in the order in which it was asked for. */
export class Turns {
  private readonly last = new Map<number, Promise<unknown>>();

  async take<T>(repositoryId: number, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(repositoryId) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.last.set(repositoryId, mine);
    try {
      return await mine;
    } finally {
      if (this.last.get(repositoryId) === mine) this.last.delete(repositoryId);
    }
  }
}
